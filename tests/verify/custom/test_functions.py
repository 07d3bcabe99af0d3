"""Kubernetes' own functions are there for rules."""

from __future__ import annotations

import pytest

from trimtab.verify.custom.cel.engine import RuleError, bind, compile_rule


@pytest.mark.parametrize(
    "rule",
    [
        "quantity('500Mi').isLessThan(quantity('1Gi'))",
        "quantity('1Ki') == quantity('1024')",
        "quantity('100m').add(quantity('0.9')).compareTo(quantity('1')) == 0",
        "quantity('2k').sub(500).asInteger() == 1500",
        "quantity('-1').sign() == -1 && !quantity('1.5').isInteger()",
        "isQuantity('1e3') && !isQuantity('1 Gi') && !isQuantity('1GB')",
        "semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && semver('1.10.0').isGreaterThan(semver('1.9.0'))",
        "isSemver('1.0.0+build') && !isSemver('v1.0') && semver('1.2.3').minor() == 2",
        "isIP('fd00::1') && isIP('10.0.0.1') && !isIP('10.0.0.01') && !isIP('fe80::1%eth0')",
        "ip('fd00:0::1') == ip('fd00::1') && ip('fd00::1').family() == 6 && !ip.isCanonical('fd00:0::1')",
        "ip('10.0.0.1').isGlobalUnicast() && ip('127.0.0.1').isLoopback() && ip('ff02::1').isLinkLocalMulticast()",
        "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0') && cidr('10.1.0.0/16').prefixLength() == 16",
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))",
        "cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') && cidr('10.1.2.3/8').ip() == ip('10.1.2.3')",
        "isURL('https://example.org:80/x') && isURL('/x') && !isURL('example.org')",
        "url('https://u@example.org:80/x').getHost() == 'example.org:80'",
        "url('http://[::1]/').getHostname() == '::1' && url('http://x/p').getEscapedPath() == '/p'",
        "url('http://x:80/p?a=1&a=2').getQuery()['a'] == ['1', '2'] && url('http://x:80/p').getPort() == '80'",
        "[1, 2, 3].sum() == 6 && [1, 3].max() == 3 && ['b', 'a'].min() == 'a'",
        "[1, 2].isSorted() && ![2, 1].isSorted() && [].isSorted()",
        "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && 'abc'.indexOf('c') == 2",
        "['a-b'].indexOf('a-b') == 0 && 'a-b'.split('-') == ['a', 'b'] && 'Ab'.lowerAscii() == 'ab'",
        "'abc 123'.find('[0-9]+') == '123' && '1 2 3'.findAll('[0-9]', 2) == ['1', '2'] && 'a'.find('x') == ''",
        "sets.contains([1, 2], [1]) && sets.intersects([1], [1, 2]) && !sets.equivalent([1], [2])",
        "'%s-%d'.format(['a', 1]) == 'a-1' && 'a,b'.replace(',', ';') == 'a;b' && ['a', 'b'].join('/') == 'a/b'",
        "optional.of(1).orValue(2) == 1 && {'a': 1}[?'b'].orValue(2) == 2",
        "'AbC'.matches('^(?i)abc$') && duration('1h').getMinutes() == 60 && math.greatest(1, 2) == 2",
    ],
)
def test_a_function_is_there_and_right(rule: str) -> None:
    """Each line holds in a cluster too."""
    assert compile_rule(rule).run(bind({})) is True


@pytest.mark.parametrize(
    "rule", ["quantity('x').sign() == 0", "ip('x').family() == 4", "[].max() == 1", "'a'.find('(?i)A') == 'a'"]
)
def test_a_function_that_fails_is_told(rule: str) -> None:
    """What cannot be worked out is an error with a reason, never a verdict."""
    with pytest.raises(RuleError):
        compile_rule(rule).run(bind({}))


def test_a_function_of_lists_is_found_behind_a_field() -> None:
    """Whether a field is a text or a list is known only when it is read."""
    assert compile_rule("self.names.indexOf('b') == 1").run(bind({"names": ["a", "b"]})) is True
    assert compile_rule("self.names.indexOf('b') == 1").run(bind({"names": "ab"})) is True
