"""What AppProjects let their Applications do, held against what those really do: Argo CD refuses the rest at sync."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trimtab.catalogue.argocd_fields import GROUP
from trimtab.findings.path import ROOT, Path
from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.application import Application, Applications, iter_applications
from trimtab.verify.argocd.hooks import get_phases
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.argocd.project import Project, iter_namespaces
from trimtab.verify.argocd.scopes import Scopes
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_DEFAULT = "default"
"""The project that Argo CD makes itself, and that permits everything unless somebody changes it."""


class _Projects:
    """The projects of a tree."""

    def __init__(self, tree: Tree, world: World) -> None:
        self.installed = Installed(tree, world)
        self.by_name = {(entry.cluster, entry.name): Project(entry) for entry in tree.of_kind(GROUP, "AppProject")}

    def of(self, application: Application) -> Project | None:
        """Give the project of an application, unless settings add to it what no tree shows."""
        cluster = application.entry.cluster
        settings = self.installed.find_settings(cluster) or {}
        return None if "globalProjects" in settings else self.by_name.get((cluster, application.project))


def check_projects_exist(tree: Tree, world: World) -> Iterator[Said]:
    """Find Applications of projects that the tree does not have, where it has others."""
    projects = _Projects(tree, world)
    few = frozenset(_iter_without_most(tree, projects))
    for application in iter_applications(tree):
        cluster, name = application.entry.cluster, application.project
        if name == _DEFAULT or is_templated(name) or (cluster, name) in projects.by_name:
            continue
        known = sorted(project for at, project in projects.by_name if at == cluster)
        near = suggest(name, (*known, _DEFAULT)) if known else None
        if not near and cluster in few:
            yield Unchecked(reason="the AppProjects of some Applications are not in the tree")
            continue
        yield Complaint(
            code="unknown-project",
            about=application.entry,
            path=application.at("spec", "project"),
            message=f"{application} belongs to the project '{name}', which is not in the tree",
            help=f"did you mean '{near}'?" if near else f"the projects are {', '.join(known)} and {_DEFAULT}",
        )


def _iter_without_most(tree: Tree, projects: _Projects) -> Iterator[str]:
    """Give the clusters of which the tree has fewer projects than it lacks: others are made outside it."""
    named = {(one.entry.cluster, one.project) for one in iter_applications(tree) if not is_templated(one.project)}
    lacking = Counter(
        cluster for cluster, name in named if name != _DEFAULT and (cluster, name) not in projects.by_name
    )
    there = Counter(cluster for cluster, _ in projects.by_name)
    yield from (cluster for cluster, count in lacking.items() if count > there[cluster])


def check_permissions(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find what projects do not permit."""
    projects = _Projects(tree, world)
    if not projects.by_name:
        return
    for application in iter_applications(tree):
        project = projects.of(application)
        if project is not None:
            yield from _check_application(
                application, project, projects.installed.find_namespace(application.entry.cluster)
            )
    yield from _check_objects(tree, world, projects)


def _check_application(application: Application, project: Project, home: str) -> Iterator[Complaint]:
    for path, source in application.sources:
        url = text_of(source, "repoURL")
        if url and not is_templated(url) and not project.permits_source(url):
            said = f"the project '{project.entry.name}' does not permit the repository '{url}' of {application}"
            yield _refuse(application.entry, (*path, "repoURL"), said, "add it to sourceRepos", project, "sourceRepos")
    destination, namespace = application.destination, text_of(application.destination, "namespace")
    is_known = not any(is_templated(value) for value in destination.values())
    if destination and is_known and not project.permits_destination(destination, namespace):
        said = f"the project '{project.entry.name}' does not permit the destination of {application}"
        path = application.at("spec", "destination")
        yield _refuse(application.entry, path, said, "add it to destinations", project, "destinations")
    place = application.entry.namespace
    if home and place and place != home and not project.permits_namespace_of_application(place):
        said = f"the project '{project.entry.name}' does not permit {application} in the namespace '{place}'"
        help_ = "add the namespace to sourceNamespaces"
        yield _refuse(application.entry, ("metadata", "namespace"), said, help_, project, "sourceNamespaces")
    if "CreateNamespace=true" in application.options and not project.permits_kind(
        "", "Namespace", "", namespaced=False
    ):
        said = f"the project '{project.entry.name}' does not permit the Namespace that {application} is to create"
        help_ = "add {group: '', kind: Namespace} to clusterResourceWhitelist, or leave CreateNamespace=true out"
        path = application.at("spec", "syncPolicy", "syncOptions", application.options.index("CreateNamespace=true"))
        yield _refuse(application.entry, path, said, help_, project, "clusterResourceWhitelist")


def _check_objects(tree: Tree, world: World, projects: _Projects) -> Iterator[Complaint]:
    """Find objects of kinds, or in namespaces, that projects do not permit: the first of each kind and namespace."""
    applications, scopes = Applications(tree), Scopes(tree, world)
    seen: set[tuple[str, ...]] = set()
    owners: dict[tuple[str, str], tuple[Application, Project] | None] = {}
    for entry in tree.entries:
        owner = (entry.cluster, entry.application)
        if owner not in owners:
            owners[owner] = _find_owner(applications, projects, entry)
        found = owners[owner]
        key = (*owner, entry.group, entry.kind, entry.namespace)
        if found is None or key in seen or not get_phases(entry.manifest):
            continue
        seen.add(key)
        yield from _check_object(entry, *found, scopes)


def _find_owner(applications: Applications, projects: _Projects, entry: Entry) -> tuple[Application, Project] | None:
    application = applications.of(entry) if entry.application else None
    project = projects.of(application) if application else None
    return (application, project) if application and project else None


def _check_object(entry: Entry, application: Application, project: Project, scopes: Scopes) -> Iterator[Complaint]:
    where = scopes.find(entry.group, entry.kind)
    if where is None:
        return
    named, namespaced = project.entry.name, where == "Namespaced"
    if not project.permits_kind(entry.group, entry.kind, entry.name, namespaced=namespaced):
        full = f"{entry.kind}.{entry.group}" if entry.group else entry.kind
        field = "namespaceResourceWhitelist" if namespaced else "clusterResourceWhitelist"
        if namespaced and project.spec.get(field) is None:
            field = "namespaceResourceBlacklist"
        verb = "take it out of" if field.endswith("Blacklist") else "add it to"
        said = f"the project '{named}' does not permit {full}, and {application} has {entry}"
        item = f"{{group: '{entry.group}', kind: {entry.kind}}}"
        yield _refuse(entry, ("kind",), said, f"{verb} {field}: {item}", project, field)
    elif namespaced and entry.namespace and not project.permits_destination(application.destination, entry.namespace):
        near = suggest(entry.namespace, iter_namespaces(project.spec))
        said = f"the project '{named}' does not permit the namespace '{entry.namespace}' of {entry}"
        help_ = f"add it to destinations{f', or did you mean {near!r}?' if near else ''}"
        yield _refuse(entry, ("metadata", "namespace"), said, help_, project, "destinations")


def _refuse(entry: Entry, path: Path, message: str, help_: str, project: Project, field: str) -> Complaint:
    at: Path = ("spec", field) if field in project.spec else ROOT
    other = Other(entry=project.entry, message="the project is this one", path=at)
    return Complaint(
        code="project-refuses-its-apps", about=entry, path=path, message=message, help=help_, others=(other,)
    )


CHECKS = (
    Check(name="projects of Applications", codes=("unknown-project",), run=check_projects_exist),
    Check(name="what projects permit", codes=("project-refuses-its-apps",), run=check_permissions),
)
