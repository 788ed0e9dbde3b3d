"""Each rule of the layout is shown to catch the fault that it forbids, planted in a copy of the source."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
ARCHITECTURE = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"]
CHECK = [sys.executable, "-m", "django", "check"]

IMPORTS = {
    "1 Floors": ("kit/forms/fields.py", "import xietong.web.access"),
    "3 Areas form one stack": ("areas/orgs/actions.py", "import xietong.areas.plans.queries"),
    "4 Inside every area": ("areas/orgs/queries.py", "import xietong.areas.orgs.actions"),
    "5 The outer files": ("areas/orgs/views.py", "import xietong.areas.orgs.models"),
    "6 Rules and events": ("areas/plans/rules/states.py", "import django.db.models"),
    "7 No cycles": ("kit/errors.py", "import xietong.kit.records.writing"),
    "8 Only quant": ("areas/plans/queries.py", "import scipy.optimize"),
    "9 Nobody imports migrations": ("web/queries.py", "import xietong.areas.orgs.migrations"),
    "10 An import names a module": ("web/queries.py", "import xietong.areas.orgs"),
    "11 The __init__.py of an area": ("areas/orgs/__init__.py", "import xietong.kit.errors"),
    "2 quant is pure": ("quant/__init__.py", "import random"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source with its rules, to be spoilt."""
    for name in ("src/xietong", "tests/architecture"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in ("pyproject.toml", "tests/settings.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests/architecture" / Path(__file__).name).unlink()
    return tmp_path


def run(copy: Path, command: list[str]) -> tuple[int, str]:
    home = copy / "home"
    environment = os.environ | {
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}",
        "XIETONG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "xietong.web.settings",
    }
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def plant(copy: Path, file: str, line: str) -> None:
    path = copy / "src/xietong" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")


def test_source_as_it_stands_breaks_no_rule(copy: Path) -> None:
    for command in (LINT, ARCHITECTURE, CHECK):
        assert run(copy, command)[0] == 0


@pytest.mark.parametrize("contract", IMPORTS)
def test_contract_is_broken_by_the_import_that_it_forbids(copy: Path, contract: str) -> None:
    file, line = IMPORTS[contract]
    plant(copy, file, line)
    code, said = run(copy, LINT)
    broken = said.partition("Broken contracts")[2]
    assert code == 1
    assert contract in broken


def test_a_module_outside_the_declared_layers_is_found(copy: Path) -> None:
    plant(copy, "areas/orgs/helpers.py", "ANSWER = 42")
    code, said = run(copy, LINT)
    assert code == 1
    assert "xietong.areas.orgs.helpers" in said


def test_a_folder_without_init_is_found(copy: Path) -> None:
    plant(copy, "areas/orgs/hidden/secret.py", "import xietong.web.access")
    code, said = run(copy, ARCHITECTURE)
    assert code == 1
    assert "test_the_import_graph_holds_every_python_file" in said


def test_an_area_that_uses_anothers_private_module_is_found(copy: Path) -> None:
    plant(copy, "areas/plans/tables.py", "import xietong.areas.orgs.tables")
    code, said = run(copy, ARCHITECTURE)
    assert code == 1
    assert "xietong.areas.orgs.tables" in said


def test_a_foreign_key_up_the_stack_named_by_a_string_is_found(copy: Path) -> None:
    field = 'models.ForeignKey("plans.Plan", models.PROTECT, null=True, related_name="+")'
    plant(copy, "areas/orgs/models/organisation.py", f'County.add_to_class("plan", {field})')
    code, said = run(copy, ARCHITECTURE)
    assert code == 1
    assert "orgs.County.plan -> plans.Plan" in said


def test_a_relation_that_adds_to_the_lower_model_is_found(copy: Path) -> None:
    field = 'models.ForeignKey(County, models.PROTECT, null=True, related_name="plans")'
    plant(copy, "areas/plans/models/plan.py", f'Plan.add_to_class("other_county", {field})')
    code, said = run(copy, ARCHITECTURE)
    assert code == 1
    assert "plans.Plan.other_county" in said


def test_a_url_without_a_permission_is_found(copy: Path) -> None:
    plant(copy, "areas/orgs/urls.py", 'urlpatterns.append(path("open/", lambda request: None, name="open"))')
    code, said = run(copy, CHECK)
    assert code == 1
    assert "(access.E001) orgs/open/ carries no permission" in said


def test_an_operation_of_the_api_without_a_permission_is_found(copy: Path) -> None:
    """Another method of an address that is guarded: ninja answers both by one view."""
    line = 'OPERATIONS.paths["/tasks"]["DELETE"] = lambda request: None'
    plant(copy, "areas/plans/api/operations.py", line)
    code, said = run(copy, CHECK)
    assert code == 1
    assert "(access.E001) DELETE api/v1/tasks carries no permission" in said
    assert "(access.E004) DELETE api/v1/tasks carries no scope" in said


def test_a_name_of_a_public_url_opens_nothing_in_an_area(copy: Path) -> None:
    plant(copy, "areas/orgs/urls.py", 'urlpatterns.append(path("open/", lambda request: None, name="demo"))')
    code, said = run(copy, CHECK)
    assert code == 1
    assert "(access.E001) orgs/open/ carries no permission" in said


def test_a_subscription_from_below_is_found(copy: Path) -> None:
    lines = (
        "from xietong.areas.orgs.events import OrganisationClosed",
        "from xietong.kit.events.bus import subscribe",
        "subscribe(OrganisationClosed, print, area='orgs')",
    )
    # Here it is loaded before any check runs, in whatever order they do.
    plant(copy, "areas/orgs/apps.py", "\n".join(lines))
    code, said = run(copy, CHECK)
    assert code == 1
    assert "events.E002" in said
