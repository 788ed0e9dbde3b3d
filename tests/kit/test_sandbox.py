"""The sandbox against functions that allocate, loop, die and lie."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from xietong.kit import sandbox

HOSTILE = """
import ctypes, os, signal, sys, time
from xietong.kit.sandbox import Unreadable

def greet(name: str, *, mark: str) -> str:
    return name + mark
def double(data: bytes) -> bytes:
    return data + data
def allocate(size: int) -> int:
    return len(bytearray(size))
def spin() -> None:
    while True: pass
def sleep(seconds: float) -> None:
    time.sleep(seconds)
def spawn(path: str) -> None:
    if os.fork():
        time.sleep(60)
    time.sleep(1.5)
    open(path, "w").close()
    os._exit(0)
def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
def segfault() -> None:
    ctypes.string_at(0)
def abort_for_memory() -> None:
    os.write(2, b"memory allocation of 12884901888 bytes failed")
    os.abort()
def refuse() -> None:
    raise Unreadable("请另存后再上传")
def fail() -> None:
    raise KeyError("w:p")
def print_and_return() -> int:
    os.system("echo noise"); print("noise"); return 7
def exit_early() -> int:
    os._exit(0)
def lie() -> int:
    return "not a number"
def unsendable() -> object:
    return object()
def say_too_much() -> bytes:
    return bytes(300 << 20)
def fill_the_disk(path: str) -> None:
    with open(path, "wb") as file:
        for _ in range(300): file.write(bytes(1 << 20))
def secret() -> str | None:
    return os.environ.get("XIETONG_SECRET_KEY")
def undeclared():
    return 1
def has_django() -> bool:
    return "django" in sys.modules
def core_limit() -> tuple[int, int]:
    import resource
    return resource.getrlimit(resource.RLIMIT_CORE)
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """A module of hostile functions that the child can import as well."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile_functions.py").write_text(HOSTILE, encoding="utf-8")
    sys.path.insert(0, str(folder))
    import hostile_functions

    yield hostile_functions
    sys.path.remove(str(folder))
    del sys.modules["hostile_functions"]


def test_run_returns_the_value(hostile: ModuleType) -> None:
    assert sandbox.run(hostile.greet, "协同", mark="！") == "协同！"
    assert sandbox.run(hostile.double, b"\x00\xff") == b"\x00\xff\x00\xff"


def test_run_refuses_two_gigabytes(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.TooLarge) as refusal:
        sandbox.run(hostile.allocate, 2 << 30)

    assert refusal.value.message == "文件展开后过大，超出处理上限；请拆分或压缩内容后再上传。"


def test_run_grants_what_the_caller_allows(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.TooLarge):
        sandbox.run(hostile.allocate, 300 << 20, memory_mb=256)

    assert sandbox.run(hostile.allocate, 300 << 20, memory_mb=512) == 300 << 20


def test_run_tells_a_native_allocation_failure_from_a_crash(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.TooLarge):
        sandbox.run(hostile.abort_for_memory)


def test_run_stops_an_endless_loop(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.TooSlow) as refusal:
        sandbox.run(hostile.spin, seconds=1)

    assert refusal.value.message == "文件处理超时；请拆分或简化内容后再上传。"


def test_run_stops_a_child_that_only_waits(hostile: ModuleType) -> None:
    began = time.monotonic()

    with pytest.raises(sandbox.TooSlow):
        sandbox.run(hostile.sleep, 60, seconds=0.5)

    assert time.monotonic() - began < 10


def test_run_stops_what_the_child_has_started(hostile: ModuleType, tmp_path: Path) -> None:
    trace = tmp_path / "grandchild"

    with pytest.raises(sandbox.TooSlow):
        sandbox.run(hostile.spawn, str(trace), seconds=1)

    time.sleep(2)
    assert not trace.exists()


@pytest.mark.parametrize("name", ["be_killed", "segfault", "exit_early", "lie", "fail"])
def test_run_survives_a_child_that_does_not(hostile: ModuleType, name: str) -> None:
    with pytest.raises(sandbox.Crashed) as refusal:
        sandbox.run(getattr(hostile, name))

    assert refusal.value.message == "文件无法读取，可能已损坏；请用原来的软件打开并另存一份后再上传。"
    assert refusal.value.detail != ""


def test_run_passes_on_a_refusal(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.Unreadable) as refusal:
        sandbox.run(hostile.refuse)

    assert type(refusal.value) is sandbox.Unreadable
    assert refusal.value.message == "请另存后再上传"


def test_run_keeps_the_traceback_for_the_log(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.Crashed) as refusal:
        sandbox.run(hostile.fail)

    assert refusal.value.detail.splitlines()[-1] == "KeyError: 'w:p'"


def test_run_ignores_what_the_child_prints(hostile: ModuleType) -> None:
    assert sandbox.run(hostile.print_and_return) == 7


def test_run_bounds_the_answer(hostile: ModuleType) -> None:
    with pytest.raises(sandbox.TooLarge):
        sandbox.run(hostile.say_too_much, memory_mb=2048)


def test_run_bounds_what_the_child_writes(hostile: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "flood"

    with pytest.raises(sandbox.Crashed):
        sandbox.run(hostile.fill_the_disk, str(path))

    assert path.stat().st_size == 256 << 20
    path.unlink()


def test_run_keeps_secrets_from_the_child(hostile: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIETONG_SECRET_KEY", "sesame")

    assert sandbox.run(hostile.secret) is None


def test_run_leaves_no_core_dump(hostile: ModuleType) -> None:
    assert sandbox.run(hostile.core_limit) == (0, 0)


def test_run_blames_the_caller_for_an_undeclared_type(hostile: ModuleType) -> None:
    with pytest.raises(TypeError, match="must declare its return type"):
        sandbox.run(hostile.undeclared)
    with pytest.raises(TypeError, match="cannot leave the sandbox"):
        sandbox.run(hostile.unsendable)


def test_run_blames_the_caller_for_a_function_the_child_cannot_find(hostile: ModuleType) -> None:
    folder = str(Path(str(hostile.__file__)).parent)
    sys.path.remove(folder)
    try:
        with pytest.raises(RuntimeError, match="cannot be loaded"):
            sandbox.run(hostile.greet, "协同", mark="")
    finally:
        sys.path.insert(0, folder)


def test_run_works_from_many_threads(hostile: ModuleType) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(sandbox.run(hostile.greet, str(n), mark="号")))
        for n in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [f"{n}号" for n in range(8)]


def test_run_starts_without_django(hostile: ModuleType) -> None:
    assert sandbox.run(hostile.has_django) is False


@pytest.mark.parametrize("module", ["sandbox", "text", "media"])
def test_module_is_free_of_django(module: str) -> None:
    code = f"import sys, xietong.kit.{module}; sys.exit('django' in sys.modules)"
    path = os.pathsep.join(sys.path)

    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False)

    assert done.returncode == 0
