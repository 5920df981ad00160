#!/usr/bin/env python3
"""Submits checkpoints to a trm-arena and waits for their scores, from a trainer or from the shell.

Python 3.9 or newer, and nothing else. A platform hands out the version that fits it: curl -O http://HOST/client/arena.py

    from arena import Arena
    run = Arena("http://localhost:8080").submit("checkpoints/run/step_5000", puzzles="arc-agi-1", model="my-trm")
    print(run.wait().scores)

    python3 arena.py submit checkpoints/run/step_5000 --puzzles arc-agi-1 --model my-trm --wait
    python3 arena.py watch checkpoints/run --puzzles arc-agi-1 --model my-trm

Exit status: 0, or 1 when something was refused or, with --wait, an evaluation did not finish; 2 when the command line is wrong. The
platform is ARENA_URL unless it is named; the token ARENA_TOKEN, or the file ~/.config/arena/token.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import pathlib
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

Path = Union[str, "os.PathLike[str]"]
Json = Dict[str, Any]
# Called with the bytes that were sent and those that there are.
Sent = Callable[[int, int], None]

CONFIG = "all_config.yaml"
DEFAULT_URL = "http://localhost:8080"
# What a lost connection costs at most.
PIECE = 64 << 20
AT_ONCE = 1 << 16
# In a row without anything getting through: with the pauses between them more than a service needs to come back.
TRIES = 10
LONGEST_PAUSE = 8.0
PATIENCE = 600.0
MAY_PASS = {408, 409, 423, 429, 500, 502, 503, 504}
OVER = {"finished", "failed", "cancelled"}


class ArenaError(Exception):
    """What was wrong, where, and what to do; `status` is that of the answer, None where there was none."""

    def __init__(self, title: str, remedy: Optional[str] = None, status: Optional[int] = None, more: Optional[Json] = None):
        super().__init__(title)
        self.title, self.remedy, self.status, self.more = title, remedy, status, more or {}

    def __str__(self) -> str:
        lines = [self.title]
        for name in ("file", "place", "problem"):
            said = self.more.get(name)
            if said and str(said) not in self.title:
                lines.append(f"  {name:<8} {said}")
        if self.remedy:
            lines.append(f"  remedy   {self.remedy}")
        return printable("\n".join(lines))


class Run:
    """An evaluation as it stood when it was last asked for; `wait` and `refresh` ask again."""

    def __init__(self, arena: "Arena", answer: Json):
        self._arena, self.answer = arena, answer

    @property
    def id(self) -> str:
        return str(self.answer["id"])

    @property
    def url(self) -> str:
        return f"{self._arena.url}/evaluations/{self.id}"

    @property
    def state(self) -> str:
        return str(self.answer["state"])

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def scores(self) -> Dict[str, float]:
        """By metric, from 0 to 1; empty until it is finished."""
        return dict(self.answer.get("scores") or {})

    @property
    def intervals(self) -> Dict[str, Tuple[float, float]]:
        """At 95 %, by metric; not every score has one."""
        return {name: (ends["low"], ends["high"]) for name, ends in (self.answer.get("intervals") or {}).items()}

    @property
    def notes(self) -> List[str]:
        """To read before its scores are believed."""
        return list(self.answer.get("notes") or [])

    def refresh(self) -> "Run":
        self.answer = self._arena.call("GET", f"/api/evaluations/{self.id}")
        return self

    def wait(self, timeout: Optional[float] = None, seen: Optional[Callable[["Run"], None]] = None) -> "Run":
        """Until it is finished. Raises ArenaError when it ends otherwise, or after `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        pause = 0.5
        while not self.refresh().is_over:
            if seen is not None:
                seen(self)
            if deadline is not None and time.monotonic() > deadline:
                raise ArenaError(f"evaluation {self.id} is not over after {timeout:.0f} s", f"look at {self.url}")
            time.sleep(pause)
            pause = min(pause * 1.5, 5.0)
        if self.state != "finished":
            failure = self.answer.get("failure") or {}
            reason = failure.get("reason") or "by whoever asked for it"
            raise ArenaError(f"evaluation {self.id} is {self.state}: {reason}", failure.get("remedy"))
        return self


class Arena:
    """A platform. Raises ArenaError for whatever it refuses, and tries again what may pass."""

    def __init__(self, url: Optional[str] = None, token: Optional[str] = None):
        self.url = (url or os.environ.get("ARENA_URL") or DEFAULT_URL).rstrip("/")
        self._token = token or find_token()

    def submit(
        self,
        checkpoint: Path,
        puzzles: str,
        model: Optional[str] = None,
        *,
        config: Optional[Path] = None,
        preset: Optional[str] = None,
        settings: Optional[Dict[str, Any]] = None,
        steps: Optional[int] = None,
        dtype: Optional[str] = None,
        augmentations: Optional[int] = None,
        early_halting: Optional[bool] = None,
        blank_identifier: Optional[bool] = None,
        adaptation: Optional[Dict[str, Any]] = None,
        again: Optional[bool] = None,
        priority: Optional[str] = None,
        sent: Optional[Sent] = None,
    ) -> Run:
        """Uploads a checkpoint, with the all_config.yaml beside it, and starts its evaluation.

        What is None is as the checkpoint has it; `settings` go before the configuration. The same once more is the evaluation that
        there is, unless `again` asks for a repeat. `adaptation` is like {"mode": "rows", "steps": 96}: rows for tasks that the
        checkpoint has never seen are trained on their demonstrations first."""
        file = require_file(checkpoint)
        beside = file.parent / CONFIG
        configuration = require_file(config) if config is not None else beside if beside.is_file() else None
        # Asked before gigabytes are on their way.
        self.call("GET", "/api/puzzle-sets/" + urllib.parse.quote(puzzles, safe=""))
        uploads = [self.upload(file, sent)]
        if configuration is not None:
            uploads.append(self.upload(configuration))
        protocol = {
            "steps": steps,
            "dtype": dtype,
            "augmentations": augmentations,
            "earlyHalting": early_halting,
            "blankIdentifier": blank_identifier,
            "adaptation": adaptation,
        }
        request = {
            "checkpoint": uploads[0],
            "config": uploads[1] if configuration is not None else None,
            "preset": preset,
            "hyperParameters": {name: str(value) for name, value in (settings or {}).items()},
            "puzzleSet": puzzles,
            "model": model,
            "protocol": present(protocol) or None,
            "again": again,
            "priority": priority,
        }
        try:
            return Run(self, self.call("POST", "/api/evaluations", present(request)))
        except ArenaError:
            self._forget(uploads)
            raise

    def evaluation(self, id: str) -> Run:
        return Run(self, self.call("GET", "/api/evaluations/" + urllib.parse.quote(id, safe="")))

    def leaderboard(self, puzzles: str) -> Json:
        return self.call("GET", f"/api/puzzle-sets/{urllib.parse.quote(puzzles, safe='')}/leaderboard")

    def upload(self, file: Path, sent: Optional[Sent] = None) -> str:
        """Brings a file to the platform, by tus: a connection that breaks costs a piece at most. Returns the upload's id."""
        path = require_file(file)
        size = path.stat().st_size
        name = base64.b64encode(path.name.encode()).decode()
        tus = {"Tus-Resumable": "1.0.0"}
        begun = self._retried("POST", "/api/uploads", dict(tus, **{"Upload-Length": str(size), "Upload-Metadata": "filename " + name}))
        # A proxy may write the path before it in another way; that a file goes to where it was announced is known without.
        id = (begun.headers.get("Location") or "").rsplit("/", 1)[-1]
        location = "/api/uploads/" + urllib.parse.quote(id, safe="")
        offset, failures = 0, 0
        while offset < size:
            before = offset
            try:
                offset = self._send_piece(path, location, tus, offset, size, sent)
            except ArenaError as broken:
                failures += 1
                if failures == TRIES or not passes(broken):
                    raise
                time.sleep(pause_after(failures, broken))
                offset = self._where(location, tus, before)
            if offset > before:
                failures = 0
        return id

    def _send_piece(self, path: pathlib.Path, location: str, tus: Json, offset: int, size: int, sent: Optional[Sent]) -> int:
        length = min(PIECE, size - offset)
        headers = dict(tus, **{"Upload-Offset": str(offset), "Content-Length": str(length)})
        headers["Content-Type"] = "application/offset+octet-stream"
        answer = self._send("PATCH", location, headers, piece(path, offset, length, size, sent))
        return int(answer.headers["Upload-Offset"])

    def _where(self, location: str, tus: Json, before: int) -> int:
        try:
            return int(self._send("HEAD", location, tus).headers["Upload-Offset"])
        except ArenaError as away:
            if not passes(away):
                raise
            # Not there yet: sending finds out, and counts it.
            return before

    def _forget(self, uploads: List[str]) -> None:
        for id in uploads:
            try:
                self._send("DELETE", "/api/uploads/" + id, {"Tus-Resumable": "1.0.0"})
            except ArenaError:
                pass  # It expires by itself, and the refusal is what is told.

    def call(self, method: str, path: str, body: Optional[Json] = None) -> Any:
        """JSON to JSON, tried again while it may pass."""
        headers = {"Accept": "application/json"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        return json.loads(self._retried(method, path, headers, data).body)

    def _retried(self, method: str, path: str, headers: Json, data: Optional[bytes] = None) -> "Answer":
        failures = 0
        while True:
            try:
                return self._send(method, path, headers, data)
            except ArenaError as problem:
                failures += 1
                # 409 is an answer here; while bytes are sent it is another process that still holds the file.
                if failures == TRIES or not passes(problem) or problem.status == 409:
                    raise
                time.sleep(pause_after(failures, problem))

    def _send(self, method: str, path: str, headers: Json, data: Any = None) -> "Answer":
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        if self._token:
            request.add_unredirected_header("Authorization", "Bearer " + self._token)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.headers, answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                raise problem_of(method, path, refused) from None
        except (urllib.error.URLError, http.client.HTTPException, OSError) as broken:
            reason = getattr(broken, "reason", broken)
            if isinstance(reason, ConnectionRefusedError):
                raise ArenaError(f"no platform answers at {self.url}", "start one with ./arena up, or name another") from broken
            raise ArenaError(f"the connection to {self.url} broke during {method} {path}: {reason}", "try again") from broken


class Answer:
    def __init__(self, headers: Any, body: bytes):
        self.headers, self.body = headers, body


def problem_of(method: str, path: str, refused: urllib.error.HTTPError) -> ArenaError:
    try:
        said = json.loads(refused.read(1 << 20))
    except (ValueError, OSError, http.client.HTTPException):
        said = {}
    said = said if isinstance(said, dict) else {}
    said["retryAfter"] = refused.headers.get("Retry-After")
    title = said.get("title") or f"the platform answered {method} {path} with status {refused.code}"
    remedy = said.get("remedy")
    if remedy is None and refused.code in (401, 403):
        remedy = "put a token into ARENA_TOKEN or ~/.config/arena/token"
    return ArenaError(str(title), remedy, refused.code, said)


def passes(problem: ArenaError) -> bool:
    return problem.status is None or problem.status in MAY_PASS


def pause_after(failures: int, problem: ArenaError) -> float:
    try:
        return min(float(problem.more.get("retryAfter") or ""), 60.0)
    except ValueError:
        return min(0.5 * 2 ** (failures - 1), LONGEST_PAUSE)


def piece(path: pathlib.Path, offset: int, length: int, size: int, sent: Optional[Sent]) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        done = 0
        while done < length:
            part = file.read(min(AT_ONCE, length - done))
            if not part:
                raise ArenaError(f"{path} became shorter while it was sent", "submit it when it is complete", status=400)
            yield part
            done += len(part)
            if sent is not None:
                sent(offset + done, size)


def present(values: Json) -> Json:
    return {name: value for name, value in values.items() if value is not None}


def require_file(path: Path) -> pathlib.Path:
    file = pathlib.Path(path)
    if not file.is_file():
        what = "is a directory, not a file" if file.is_dir() else "is not there"
        raise ArenaError(f"{file} {what}", "name the checkpoint file itself, like step_1656", status=400)
    return file


def find_token() -> Optional[str]:
    text = os.environ.get("ARENA_TOKEN", "").strip()
    file = pathlib.Path.home() / ".config" / "arena" / "token"
    if not text and file.is_file():
        text = file.read_text().strip()
    if text and not all("!" <= each <= "~" for each in text):
        raise ArenaError("the token is not one line of visible ASCII characters", "write the token alone", status=400)
    return text or None


def printable(text: str) -> str:
    """What others named shall do nothing to a terminal."""
    return "".join(each if each == "\n" or each.isprintable() else ascii(each)[1:-1] for each in text)


STATE = ".arena-watch.json"
UNFINISHED = (".tmp", ".part", ".partial", ".incomplete")


class Watch:
    """Submits each complete step_* of a folder once, also over restarts: what was submitted is noted in the folder."""

    def __init__(self, arena: Arena, folder: Path, settle: float, submit: Callable[[pathlib.Path], Run]):
        self.folder = pathlib.Path(folder)
        if not self.folder.is_dir():
            raise ArenaError(f"{self.folder} is no folder", "name the folder into which the trainer writes its checkpoints", status=400)
        self._arena, self._settle, self._submit = arena, settle, submit
        self._state = self.folder / STATE
        self.submitted: Dict[str, Json] = json.loads(self._state.read_text()) if self._state.is_file() else {}
        # When each file was first seen as it is.
        self._since: Dict[str, float] = {}

    def look(self) -> bool:
        """Submits what is complete and new. Returns whether anything is still waited for."""
        waiting = False
        for file in self._checkpoints():
            try:
                status = file.stat()
            except FileNotFoundError:
                continue
            key = f"{file.name}:{status.st_size}:{status.st_mtime_ns}"
            if key in self.submitted:
                continue
            now = time.monotonic()
            age = max(now - self._since.setdefault(key, now), time.time() - status.st_mtime)
            if age < self._settle or not is_whole(file):
                waiting = True
                continue
            waiting |= not self._take(file, key)
        return waiting

    def _take(self, file: pathlib.Path, key: str) -> bool:
        try:
            run = self._submit(file)
            self._note(key, {"evaluation": run.id})
            print(f"{file.name}  {run.id}  {run.url}", flush=True)
            for note in run.notes:
                print(f"note: {printable(note)}", file=sys.stderr)
        except ArenaError as problem:
            tell(problem, file.name)
            if passes(problem):
                return False
            # It would be refused each time; another file of this name is tried.
            self._note(key, {"refused": str(problem)})
        return True

    def _checkpoints(self) -> List[pathlib.Path]:
        found = [file for file in self.folder.glob("step_*") if file.is_file() and file.suffix not in UNFINISHED]
        return sorted(found, key=lambda file: (int("".join(filter(str.isdigit, file.stem)) or 0), file.name))

    def _note(self, key: str, what: Json) -> None:
        self.submitted[key] = what
        new = self._state.with_suffix(".new")
        new.write_text(json.dumps(self.submitted, indent=1))
        os.replace(new, self._state)


def is_whole(file: pathlib.Path) -> bool:
    """Whether a checkpoint has its end, as far as its form tells: PyTorch's zip has a directory there, safetensors say their length."""
    with file.open("rb") as stream:
        head = stream.read(8)
        if head[:2] == b"PK":
            return zipfile.is_zipfile(file)
        if file.suffix != ".safetensors":
            return True
        (length,) = struct.unpack("<Q", head.ljust(8, b"\0"))
        if len(head) < 8 or length > 4 << 20:
            return len(head) == 8
        try:
            tensors = json.loads(stream.read(length))
            return file.stat().st_size >= 8 + length + max(
                (each["data_offsets"][1] for name, each in tensors.items() if name != "__metadata__"), default=0
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return file.stat().st_size >= 8 + length


def tell(problem: ArenaError, about: Optional[str] = None) -> None:
    print("error: " + (f"{about}: " if about else "") + str(problem), file=sys.stderr, flush=True)


class Progress:
    """One line that is written over; where nobody looks, a line every ten seconds."""

    def __init__(self) -> None:
        self._last = 0.0
        self._terminal = sys.stderr.isatty()

    def show(self, text: str) -> None:
        now = time.monotonic()
        if now - self._last >= (0.2 if self._terminal else 10.0):
            self._last = now
            print(f"\r{text}\033[K" if self._terminal else text, end="" if self._terminal else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._terminal and self._last:
            print(file=sys.stderr)

    def sent(self, done: int, size: int) -> None:
        self.show(f"uploading: {done / 1e6:.1f} of {size / 1e6:.1f} MB")

    def evaluating(self, run: Run) -> None:
        answer = run.answer
        self.show(f"evaluating: {answer.get('examplesDone', 0)} of {answer.get('exampleCount', 0)} examples, {run.state}")


def submit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--puzzles", required=True, metavar="NAME", help="the puzzle set")
    parser.add_argument("--model", metavar="NAME", help="name for the line of checkpoints this one belongs to")
    parser.add_argument("--config", metavar="FILE", help=f"configuration of the trainer (default: {CONFIG} beside the checkpoint)")
    parser.add_argument("--preset", metavar="NAME", help="a published recipe in place of a configuration")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting, before the configuration")
    parser.add_argument("--steps", type=int, help="improvement steps (default: the checkpoint's own)")
    parser.add_argument("--dtype", help="float32, bfloat16 or float16 (default: the checkpoint's own)")
    parser.add_argument("--augmentations", type=int, metavar="N", help="ARC: the first N of each task vote (default: all)")
    parser.add_argument("--priority", choices=["low", "normal", "high"], help="its share of the solvers")


def submitting(arena: Arena, given: argparse.Namespace, again: Optional[bool], sent: Optional[Sent]) -> Callable[[pathlib.Path], Run]:
    settings = {}
    for each in given.settings:
        name, equals, value = each.partition("=")
        if not equals:
            raise ArenaError(f"--set {each}: it is no NAME=VALUE", "write --set L_cycles=6", status=400)
        settings[name] = value
    names = ("model", "config", "preset", "steps", "dtype", "augmentations", "priority")
    options = {name: getattr(given, name) for name in names}
    return lambda file: arena.submit(file, given.puzzles, settings=settings, again=again, sent=sent, **options)


def command_submit(arena: Arena, given: argparse.Namespace) -> int:
    progress = Progress()
    run = submitting(arena, given, given.again or None, progress.sent)(pathlib.Path(given.checkpoint))
    for note in run.notes:
        print(f"note: {printable(note)}", file=sys.stderr)
    if given.wait:
        if not given.json:
            print(f"evaluation {run.id}  {run.url}", flush=True)
        try:
            run.wait(seen=progress.evaluating)
        finally:
            progress.end()
    show(run, given.json, scores=given.wait)
    return 0


def show(run: Run, as_json: bool, scores: bool) -> None:
    if as_json:
        print(json.dumps(run.answer))
    elif not scores:
        print(run.id)
    else:
        for metric, value in sorted(run.scores.items()):
            low, high = run.intervals.get(metric, (None, None))
            print(f"{metric:<16} {value:.6f}" + ("" if low is None else f"  {low:.4f} to {high:.4f}"))


def command_show(arena: Arena, given: argparse.Namespace) -> int:
    run = arena.evaluation(given.evaluation)
    if not given.json:
        print(f"{run.state}  {run.url}")
    show(run, given.json, scores=True)
    return 0


def command_watch(arena: Arena, given: argparse.Namespace) -> int:
    progress = Progress()
    watch = Watch(arena, given.folder, given.settle, submitting(arena, given, None, progress.sent))
    while watch.look() or not given.once:
        time.sleep(given.every)
    return 1 if any("refused" in each for each in watch.submitted.values()) else 0


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="arena.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", help=f"the platform (default: ARENA_URL, or {DEFAULT_URL})")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    submit = commands.add_parser("submit", help="upload a checkpoint and start its evaluation")
    submit.add_argument("checkpoint")
    submit_options(submit)
    submit.add_argument("--again", action="store_true", help="run it although the same was run before")
    submit.add_argument("--wait", action="store_true", help="wait, and end with the scores")
    submit.add_argument("--json", action="store_true")
    submit.set_defaults(run=command_submit)
    watch = commands.add_parser("watch", help="submit every new complete step_* of a folder while a model trains")
    watch.add_argument("folder")
    submit_options(watch)
    watch.add_argument("--settle", type=float, default=10.0, metavar="S", help="a file is complete that was not written to for so long (default: 10)")
    watch.add_argument("--every", type=float, default=5.0, metavar="S", help="how often to look (default: 5)")
    watch.add_argument("--once", action="store_true", help="end when all that is there is submitted")
    watch.set_defaults(run=command_watch)
    shown = commands.add_parser("show", help="how an evaluation stands")
    shown.add_argument("evaluation")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=command_show)
    given = parser.parse_args(arguments)
    try:
        return int(given.run(Arena(given.url), given))
    except ArenaError as problem:
        tell(problem)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
