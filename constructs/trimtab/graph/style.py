"""How the picture looks, by day and by night: the style sheet inside each SVG."""

from __future__ import annotations

STYLE = """\
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif }
.page { fill: #ffffff }
.title { font-size: 18px; font-weight: 600; fill: #1c2128 }
.count { font-size: 12px; fill: #59636e }
.wave { fill: #f4f6f8 }
.head { font-size: 11px; letter-spacing: 0.06em; fill: #59636e; text-anchor: middle }
.box { fill: #ffffff; stroke: #c3cad2 }
.name { font-size: 13px; font-weight: 600; fill: #1c2128 }
.note { font-size: 11px; fill: #59636e }
.line { fill: none; stroke: #7d8894; stroke-width: 1.4 }
.tip { fill: #7d8894 }
.grip { fill: none; stroke: transparent; stroke-width: 12; pointer-events: stroke }
.edge:hover .line { stroke: #0969da; stroke-width: 2.4 }
@media (prefers-color-scheme: dark) {
  .page { fill: #0d1117 }
  .title, .name { fill: #e6edf3 }
  .count, .head, .note { fill: #9aa5b1 }
  .wave { fill: #161b22 }
  .box { fill: #1f2630; stroke: #3d4651 }
  .line { stroke: #7d8894 }
  .edge:hover .line { stroke: #58a6ff }
}
"""
