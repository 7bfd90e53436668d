"""The command line.

``reception`` opens the console with a hub of its own; ``reception --demo`` on a simulated office;
``reception --hub wss://…`` on the team's hub. ``reception hub …`` is the hub itself and its administration.
Exit codes: 0 done, 1 it did not work now, 2 something given is wrong (said with place and way out).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reception
from reception.errors import BadInput, ServiceError
from reception.runtime import ALREADY_RUNNING, FAILED, READY, default_data_dir

if TYPE_CHECKING:
    from reception.console.options import RunningSession, SessionMaker
    from reception.console.replica import Replica
    from reception.hub.config_shape import Config
    from reception.runtime import RuntimeInfo

DONE: Final = 0
NOT_NOW: Final = 1
WRONG_INPUT: Final = 2

CONFIG_NAME: Final = "reception.toml"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return command(arguments)
    except BadInput as fault:
        print(fault, file=sys.stderr)
        return WRONG_INPUT
    except ServiceError as error:
        print(f"reception: {_words(error)}", file=sys.stderr)
        return NOT_NOW


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reception", description="An attendant console.")
    parser.add_argument("--version", action="version", version=f"reception {reception.__version__}")
    parser.set_defaults(run=_console)
    parser.add_argument("--demo", action="store_true", help="open on a simulated office with calls coming in")
    parser.add_argument("--speed", type=_speed, default=1.0, help="how much faster than life the demo goes")
    parser.add_argument("--language", help="language of the window, such as da, en or de")
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="system")
    parser.add_argument(
        "--hub", metavar="URL", help="use the team's hub, such as wss://reception.example:8443"
    )
    parser.add_argument("--token-file", type=Path, help="with --hub: file with your token")
    parser.add_argument("--ca-file", type=Path, help="with --hub: certificates to trust (PEM)")
    parser.add_argument(
        "--attendant", help="which receptionist you are, if the hub of this computer has several"
    )
    _add_places(parser)
    commands = parser.add_subparsers(title="commands", metavar="hub")
    _add_hub(commands)
    _add_own_tasks(commands)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    # SUPPRESS: a subcommand's own default must not overwrite what stands before it.
    parser.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=f"the hub's {CONFIG_NAME}")
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="folder for what must last")


def _add_hub(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    hub = commands.add_parser("hub", help="run or administer a hub")
    hub.set_defaults(run=_hub)
    hub.add_argument("--child", action="store_true", help="as a console starts it: ends with its console")
    hub.add_argument("--demo", action="store_true", help=argparse.SUPPRESS)
    hub.add_argument("--speed", type=_speed, default=1.0, help=argparse.SUPPRESS)
    _add_places(hub)
    more = hub.add_subparsers(title="commands", metavar="import, check, init")
    people = more.add_parser("import", help="replace the directory of people by a CSV file")
    people.set_defaults(run=_import)
    people.add_argument("file", type=Path)
    _add_places(people)
    check = more.add_parser("check", help="read the configuration and say what is wrong")
    check.set_defaults(run=_check)
    _add_places(check)
    init = more.add_parser("init", help="write an example configuration with comments")
    init.set_defaults(run=_init)
    _add_places(init)


def _add_own_tasks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What the console has done by a process of its own; nobody types it, so no help tells of it."""
    write = commands.add_parser("write-catalogue")
    write.set_defaults(run=_write_catalogue)
    write.add_argument("made_for")
    write.add_argument("target")
    write.add_argument("files", nargs="+")


def _write_catalogue(arguments: argparse.Namespace) -> int:
    from reception.console.building import write_catalogue

    write_catalogue(arguments.made_for, arguments.target, arguments.files)
    return DONE


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 1000:
        raise argparse.ArgumentTypeError("must be above 0 and at most 1000")
    return speed


# ------------------------------------------------------------------ console


def _console(arguments: argparse.Namespace) -> int:
    gc.disable()  # nothing of the start is garbage; the window turns it on again after its first paint
    from reception.console.options import ConsoleOptions

    data_dir = _console_data_dir(arguments)
    is_remote = arguments.hub is not None
    options = ConsoleOptions(
        data_dir=data_dir,
        cache_dir=_cache_dir(arguments, data_dir),
        preferences_file=data_dir / "console.json",
        language=arguments.language,
        theme=arguments.theme,
        is_demo=arguments.demo,
        stops_hub=not is_remote,
    )
    make_session = _remote_session(arguments) if is_remote else _own_session(arguments, data_dir)

    from widgets.app import main as open_window  # Qt is loaded when everything else is in order

    return open_window(make_session, options=options)


def _console_data_dir(arguments: argparse.Namespace) -> Path:
    if "data" in arguments:
        return Path(arguments.data).absolute()
    return default_data_dir() / "demo" if arguments.demo else default_data_dir()


def _cache_dir(arguments: argparse.Namespace, data_dir: Path) -> Path:
    """Return where this console keeps what a hub told it: another place for each hub and receptionist."""
    whose = f"{arguments.hub or ''}\n{arguments.token_file or ''}\n{arguments.attendant or ''}"
    return data_dir / "console" / hashlib.sha256(whose.encode()).hexdigest()[:12]


def _remote_session(arguments: argparse.Namespace) -> SessionMaker:
    if arguments.token_file is None:
        raise BadInput("misconfigured", "--hub needs --token-file FILE, the file with your token.")

    from reception.console.remote import check_remote

    check_remote(arguments.hub, arguments.token_file, arguments.ca_file)  # before a window opens

    async def make(replica: Replica) -> RunningSession:
        from reception.console.remote import RemoteHub
        from reception.console.session import ConsoleSession

        hub = RemoteHub(arguments.hub, arguments.token_file, arguments.ca_file)
        return ConsoleSession(hub.locate, replica=replica, name=f"reception {reception.__version__}")

    return make


def _own_session(arguments: argparse.Namespace, data_dir: Path) -> SessionMaker:
    hub_arguments = _child_arguments(arguments, data_dir)

    async def make(replica: Replica) -> RunningSession:
        from reception.console.child import ChildHub
        from reception.console.session import ConsoleSession

        hub = ChildHub(data_dir, arguments=hub_arguments, attendant=arguments.attendant)
        name = f"reception {reception.__version__}"
        return ConsoleSession(hub.locate, replica=replica, name=name, on_closed=hub.on_closed)

    return make


def _child_arguments(arguments: argparse.Namespace, data_dir: Path) -> list[str]:
    if arguments.demo:
        return ["--demo", "--speed", str(arguments.speed)]
    config = _config_path(arguments, data_dir)
    if not config.exists():
        hint = (
            f"There is no configuration at {config}.\n"
            f"`reception --demo` shows a simulated office; `reception hub init` writes an example to start "
            f"from; `reception --hub wss://…` opens a team's hub."
        )
        raise BadInput("misconfigured", hint)
    return ["--config", str(config.absolute())]


# ------------------------------------------------------------------ hub


def _hub(arguments: argparse.Namespace) -> int:
    import asyncio

    from reception.hub.log import set_up_log
    from reception.hub.process import AlreadyRunning, run_hub

    try:
        config, data_dir = _config_of_hub(arguments)
        set_up_log(data_dir / "hub.log" if arguments.child else None)
        announce = _announce_to_console if arguments.child else _announce
        asyncio.run(run_hub(config, data_dir, is_child=arguments.child, announce=announce))
    except AlreadyRunning:
        if arguments.child:
            print(ALREADY_RUNNING, flush=True)
            return DONE
        print("reception: a hub is already running with this data folder.", file=sys.stderr)
        return NOT_NOW
    except (BadInput, ServiceError) as fault:
        if arguments.child:
            text = str(fault) if isinstance(fault, BadInput) else _words(fault)
            print(f"{FAILED}: {' '.join(text.split())}", flush=True)
        raise
    return DONE


def _config_of_hub(arguments: argparse.Namespace) -> tuple[Config, Path]:
    from reception.hub.config import load_config
    from reception.hub.opening import data_dir_of

    given = _given_data_dir(arguments)
    if arguments.demo:
        from reception.hub.demo import demo_config

        data_dir = given or default_data_dir() / "demo"
        return demo_config(data_dir, speed=arguments.speed), data_dir
    config = load_config(_config_path(arguments, given or default_data_dir()))
    return config, data_dir_of(config, given)


def _announce_to_console(_: RuntimeInfo) -> None:
    print(READY, flush=True)


def _announce(info: RuntimeInfo) -> None:
    print(f"reception hub is ready at {info.url}", flush=True)


def _import(arguments: argparse.Namespace) -> int:
    from reception.hub.importing import import_people

    config, data_dir = _config_for_import(arguments)
    count, difference = import_people(arguments.file, config, data_dir)
    print(f"{arguments.file}: {count} people: {difference}.")
    return DONE


def _config_for_import(arguments: argparse.Namespace) -> tuple[Config | None, Path]:
    """Return the configuration if there is one: a data folder alone will do for importing."""
    from reception.hub.config import load_config
    from reception.hub.opening import data_dir_of

    given = _given_data_dir(arguments)
    path = _config_path(arguments, given or default_data_dir())
    config = load_config(path) if "config" in arguments or path.exists() else None
    return config, data_dir_of(config, given)


def _check(arguments: argparse.Namespace) -> int:
    from reception.hub.config import load_config
    from reception.hub.opening import check_parts, data_dir_of

    given = _given_data_dir(arguments)
    path = _config_path(arguments, given or default_data_dir())
    config = load_config(path)
    check_parts(config)
    print(f"{path}: in order. Data folder: {data_dir_of(config, given)}")
    return DONE


def _init(arguments: argparse.Namespace) -> int:
    from importlib import resources

    path = _config_path(arguments, _given_data_dir(arguments) or default_data_dir())
    example = resources.files("reception.hub").joinpath("example.toml").read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(example)
    except FileExistsError as error:
        raise BadInput("misconfigured", f"{path} is there already; nothing was changed.") from error
    print(f"{path} is written. Change it to your house, then: reception hub check --config {path}")
    return DONE


# ------------------------------------------------------------------ places and words


def _given_data_dir(arguments: argparse.Namespace) -> Path | None:
    return Path(arguments.data).absolute() if "data" in arguments else None


def _config_path(arguments: argparse.Namespace, data_dir: Path) -> Path:
    return Path(arguments.config) if "config" in arguments else data_dir / CONFIG_NAME


def _words(error: ServiceError) -> str:
    """Return a service's fault as a line for an administrator."""
    parameters = error.message.params
    if error.message.key == "misconfigured":
        return f"{parameters.get('setting')}: {parameters.get('error')}"
    return " ".join([error.message.key.replace("_", " "), *(f"{k}={v}" for k, v in parameters.items())])
