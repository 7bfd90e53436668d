"""The command line.

``reception`` opens the console with a hub of its own; ``reception --demo`` on a simulated office;
``reception --hub wss://…`` on the team's hub. ``reception tel:+45…`` puts a number into the search field of
the console that runs, or of the one it opens. ``reception quit`` ends consoles in order, ``reception
restart`` opens them again (for installers). ``reception hub …`` is the hub itself and its administration.
Exit codes: 0 done, 1 it did not work now, 2 something given is wrong (said with place and way out).
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reception
from reception.errors import BadInput, ServiceError
from reception.runtime import cache_dir, default_data_dir

if TYPE_CHECKING:
    from reception.console.instance import Instance
    from reception.console.options import ConsoleOptions, RunningSession, SessionMaker
    from reception.console.policies import Organisation
    from reception.console.replica import Replica
    from reception.console.tokens import SignIn
    from reception.crashes import CrashReport

DONE: Final = 0
NOT_NOW: Final = 1
WRONG_INPUT: Final = 2

_COMMANDS: Final = frozenset(("hub", "quit", "restart", "write-catalogue"))
CONFIG_NAME: Final = "reception.toml"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words, link = split_off_link(sys.argv[1:] if argv is None else argv)
    arguments = _parser(words).parse_args(words)
    arguments.given, arguments.link = words, link
    command: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return command(arguments)
    except BadInput as fault:
        _tell(str(fault))
        return WRONG_INPUT
    except ServiceError as error:
        _tell(f"reception: {words_of(error)}")
        return NOT_NOW


def _tell(fault: str) -> None:
    """Tell why it did not work; in a box where there is no terminal, as for the console on Windows."""
    if sys.stderr is None and sys.platform == "win32":
        from reception.console.process_windows import show_fault

        show_fault(fault)
    else:
        print(fault, file=sys.stderr)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of what is given: other commands are left out: the window waits for it."""
    parser = argparse.ArgumentParser(prog="reception", description="An attendant console.")
    parser.add_argument("--version", action="version", version=f"reception {reception.__version__}")
    parser.set_defaults(run=_console)
    parser.add_argument("--demo", action="store_true", help="open on a simulated office with calls coming in")
    parser.add_argument("--speed", type=speed, default=1.0, help="how much faster than life the demo goes")
    parser.add_argument("--language", help="language of the window, such as da, en or de")
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="system")
    parser.add_argument(
        "--hub", metavar="URL", help="use the team's hub, such as wss://reception.example:8443"
    )
    parser.add_argument(
        "--token-file",
        type=Path,
        help="with --hub: file with your token; without it you are asked, and it is kept",
    )
    parser.add_argument("--ca-file", type=Path, help="with --hub: certificates to trust (PEM)")
    parser.add_argument(
        "--attendant", help="which receptionist you are, if the hub of this computer has several"
    )
    add_places(parser)
    commands = parser.add_subparsers(title="commands", metavar="hub, quit, restart")
    hub = commands.add_parser("hub", help="run or administer a hub")
    leave = commands.add_parser(
        "quit", help="end the running consoles in order, and wait until they are gone"
    )
    again = commands.add_parser("restart", help="open again what `quit --for-restart` has ended")
    if "hub" in given:
        from reception.cli_hub import add_hub

        add_hub(hub)
    if "quit" in given or "restart" in given:
        from reception.cli_quit import add_quit

        add_quit(leave, again)
    if "write-catalogue" in given:
        _add_own_tasks(commands)
    return parser


def add_places(parser: argparse.ArgumentParser) -> None:
    """Let a command be told its configuration and its data folder."""
    # SUPPRESS: a subcommand's own default must not overwrite what stands before it.
    parser.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=f"the hub's {CONFIG_NAME}")
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="folder for what must last")


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


def split_off_link(words: Sequence[str]) -> tuple[list[str], str]:
    """Return the words before a ``tel:`` or ``callto:`` link, and the link with all that stands behind it.

    So nothing in a link, whatever a web page wrote there, is ever taken as an option.
    """
    for at, word in enumerate(words):
        if word in _COMMANDS:
            break
        if word.strip(" \"'").lower().startswith(("tel:", "callto:")):
            return list(words[:at]), " ".join(words[at:])
    return list(words), ""


def speed(text: str) -> float:
    """Read how fast the demonstration goes."""
    factor = float(text)
    if not 0 < factor <= 1000:
        raise argparse.ArgumentTypeError("must be above 0 and at most 1000")
    return factor


# ------------------------------------------------------------------ console


def _console(arguments: argparse.Namespace) -> int:
    gc.disable()  # nothing of the start is garbage; the window turns it on again after its first paint
    from reception.console.instance import Instance, meet
    from reception.console.kept_code import KeptCode
    from reception.console.policies import open_policies, read_organisation
    from reception.crashes import CrashReport

    data_dir = _console_data_dir(arguments)
    organisation = read_organisation(open_policies())
    _choose_hub(arguments, data_dir, organisation)
    instance = Instance(_cache_dir(arguments, data_dir))
    if not meet(instance, data_dir, link=arguments.link):
        return DONE
    report = CrashReport(data_dir, "console")
    report.begin()
    try:
        with KeptCode(data_dir / "console"):
            sign_in = _sign_in(arguments, data_dir)
            options = _options(arguments, data_dir, instance, organisation, report, sign_in)
            make_session = _session_maker(arguments, data_dir, sign_in)

            from widgets.app import main as open_window  # Qt is loaded when everything else is in order

        return open_window(make_session, options=options)
    finally:
        report.end()
        instance.release()


def _choose_hub(arguments: argparse.Namespace, data_dir: Path, organisation: Organisation) -> None:
    """Take the hub that a policy names, else the one given, else one's own, else the installer's.

    The demonstration has its own in any case. A token that was given for another hub is not for this one.
    """
    settled, proposed = organisation.settled, organisation.proposed
    if arguments.demo:
        return
    if settled.hub_address and settled.hub_address != arguments.hub:
        arguments.token_file = arguments.token_file if arguments.hub is None else None
        arguments.hub = settled.hub_address
    elif arguments.hub is None and not config_path(arguments, data_dir).exists():
        arguments.hub = proposed.hub_address or None
    if settled.ca_file:
        arguments.ca_file = Path(settled.ca_file)


def _options(
    arguments: argparse.Namespace,
    data_dir: Path,
    instance: Instance,
    organisation: Organisation,
    report: CrashReport,
    sign_in: SignIn | None,
) -> ConsoleOptions:
    from reception.console.options import ConsoleOptions

    return ConsoleOptions(
        data_dir=data_dir,
        cache_dir=_cache_dir(arguments, data_dir),
        preferences_file=data_dir / "console.json",
        language=arguments.language,
        theme=arguments.theme,
        is_demo=arguments.demo,
        stops_hub=arguments.hub is None,
        instance=instance,
        arguments=tuple(arguments.given),
        link=arguments.link,
        organisation=organisation,
        on_error=report.note,
        sign_in=sign_in,
    )


def _console_data_dir(arguments: argparse.Namespace) -> Path:
    if "data" in arguments:
        return Path(arguments.data).absolute()
    return default_data_dir() / "demo" if arguments.demo else default_data_dir()


def _cache_dir(arguments: argparse.Namespace, data_dir: Path) -> Path:
    whose = (arguments.hub, arguments.token_file, arguments.attendant)
    return cache_dir(data_dir, *(str(part or "") for part in whose))


def _sign_in(arguments: argparse.Namespace, data_dir: Path) -> SignIn | None:
    """Return what keeps the token for the team's hub; None where it is in a file, or the hub is our own."""
    if arguments.hub is None or arguments.token_file is not None:
        return None
    from reception.console.tokens import SignIn, open_tokens

    return SignIn(arguments.hub, open_tokens(data_dir))


def _session_maker(arguments: argparse.Namespace, data_dir: Path, sign_in: SignIn | None) -> SessionMaker:
    if sign_in is not None:
        return _signed_in_session(arguments, sign_in)
    return _own_session(arguments, data_dir) if arguments.hub is None else _remote_session(arguments)


def _signed_in_session(arguments: argparse.Namespace, sign_in: SignIn) -> SessionMaker:
    from reception.console.remote import SignedInHub

    hub = SignedInHub(sign_in, arguments.ca_file)  # what cannot work is told before a window opens
    sign_in.way = hub

    async def make(replica: Replica) -> RunningSession:
        from reception.console.session import ConsoleSession

        session = ConsoleSession(hub.locate, replica=replica, name=f"reception {reception.__version__}")
        sign_in.on_saved = session.come_anew
        sign_in.on_signed_out = session.sign_out
        return session

    return make


def _remote_session(arguments: argparse.Namespace) -> SessionMaker:
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
        if arguments.demo:
            hub.on_page = _tell_page
        name = f"reception {reception.__version__}"
        return ConsoleSession(hub.locate, replica=replica, name=name, on_closed=hub.on_closed)

    return make


def _tell_page(address: str) -> None:
    from resources.demo import WEB_PASSWORD, WEB_USER

    print(f"The colleagues' page: {address} (user {WEB_USER}, password {WEB_PASSWORD})", flush=True)


def _child_arguments(arguments: argparse.Namespace, data_dir: Path) -> list[str]:
    if arguments.demo:
        return ["--demo", "--speed", str(arguments.speed)]
    config = config_path(arguments, data_dir)
    if not config.exists():
        hint = (
            f"There is no configuration at {config}.\n"
            f"`reception --demo` shows a simulated office; `reception hub init` writes an example to start "
            f"from; `reception --hub wss://…` opens a team's hub."
        )
        raise BadInput("misconfigured", hint)
    return ["--config", str(config.absolute())]


# ------------------------------------------------------------------ places and words


def given_data_dir(arguments: argparse.Namespace) -> Path | None:
    """Return the data folder that was given, if any."""
    return Path(arguments.data).absolute() if "data" in arguments else None


def config_path(arguments: argparse.Namespace, data_dir: Path) -> Path:
    """Return the configuration that was given, else the one in the data folder."""
    return Path(arguments.config) if "config" in arguments else data_dir / CONFIG_NAME


def words_of(error: ServiceError) -> str:
    """Return a service's fault as a line for an administrator."""
    parameters = error.message.params
    if error.message.key == "misconfigured":
        return f"{parameters.get('setting')}: {parameters.get('error')}"
    return " ".join([error.message.key.replace("_", " "), *(f"{k}={v}" for k, v in parameters.items())])
