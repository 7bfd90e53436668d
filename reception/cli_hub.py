"""``reception hub …``: the hub itself, and its administration."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reception.cli import DONE, NOT_NOW, add_places, config_path, given_data_dir, speed, words_of
from reception.errors import BadInput, ServiceError
from reception.runtime import ALREADY_RUNNING, FAILED, READY, default_data_dir

if TYPE_CHECKING:
    from reception.hub.config_shape import Config
    from reception.model.changes import Message
    from reception.runtime import RuntimeInfo


def add_hub(hub: argparse.ArgumentParser) -> None:
    """Add the hub's own arguments, and its commands."""
    hub.set_defaults(run=_hub)
    hub.add_argument("--child", action="store_true", help="as a console starts it: ends with its console")
    hub.add_argument("--demo", action="store_true", help=argparse.SUPPRESS)
    hub.add_argument("--speed", type=speed, default=1.0, help=argparse.SUPPRESS)
    add_places(hub)
    more = hub.add_subparsers(title="commands", metavar="COMMAND")
    people = more.add_parser("import", help="replace the directory of people by a file (CSV or LDIF)")
    people.set_defaults(run=_import)
    people.add_argument("file", type=Path)
    add_places(people)
    contacts = more.add_parser(
        "import-contacts", help="show what a file of contacts holds; with --save they replace the contacts"
    )
    contacts.set_defaults(run=_import_contacts)
    contacts.add_argument("file", type=Path)
    contacts.add_argument("--save", action="store_true", help="store them; nothing is stored without it")
    add_places(contacts)
    export = more.add_parser("export", help="write all people into a CSV file that can be imported again")
    export.set_defaults(run=_export)
    export.add_argument("file", type=Path)
    export.add_argument("--contacts", action="store_true", help="the contacts instead of the colleagues")
    add_places(export)
    reload = more.add_parser("reload", help="have the running hub read its office file again")
    reload.set_defaults(run=_reload)
    add_places(reload)
    check = more.add_parser(
        "check-config", help="read the configuration and the office file, and try the store: what is wrong"
    )
    check.set_defaults(run=_check)
    add_places(check)
    doctor = more.add_parser("doctor", help="look at each service of the configuration: what to mend")
    doctor.set_defaults(run=_doctor, demo=False)
    add_places(doctor)
    sign_in = more.add_parser("sign-in", help="sign in to Microsoft, for what it tells signed-in users only")
    sign_in.set_defaults(run=_sign_in, demo=False)
    add_places(sign_in)
    _add_explain(more)
    _add_accounts(more)
    init = more.add_parser("init", help="write an example configuration and office file with comments")
    init.set_defaults(run=_init)
    add_places(init)


def _add_explain(more: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = more.add_parser(
        "explain-calendar", help="what an appointment would become on a timeline, and why"
    )
    explain.set_defaults(run=_explain)
    explain.add_argument("subject", help='such as "MØT: kundemøde"')
    explain.add_argument("--show-as", default="busy", help="free, tentative, busy, oof or workingElsewhere")
    explain.add_argument("--location", default="")
    explain.add_argument("--category", action="append", default=[], help="may be given several times")
    explain.add_argument("--private", action="store_true")
    explain.add_argument("--all-day", action="store_true")
    explain.add_argument("--invitation", action="store_true", help="somebody else made it")
    explain.add_argument("--connector", default="exchange", help="the calendar it comes from")
    explain.add_argument("--person", default="", help="whose calendar: id, e-mail address or initials")
    explain.add_argument("--department", default="", help="their department, for the rules of groups")
    add_places(explain)


def _add_accounts(more: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    account = more.add_parser("account", help="accounts of the colleagues' web page")
    deeds = account.add_subparsers(title="commands", metavar="add, invite, password, remove", required=True)
    for deed, words in (
        ("add", "add an account; prints the link with which its colleague chooses a password"),
        ("invite", "print another such link"),
        ("password", "set a password, typed or on the standard input"),
        ("remove", "take the account away"),
    ):
        parser = deeds.add_parser(deed, help=words)
        parser.set_defaults(run=_account, deed=deed)
        parser.add_argument("user")
        parser.add_argument("--person", default="", help="whose it is: id, initials, e-mail or number")
        add_places(parser)


# ------------------------------------------------------------------ hub


def _hub(arguments: argparse.Namespace) -> int:
    import asyncio

    from reception.hub.log import set_up_log
    from reception.hub.process import AlreadyRunning
    from reception.hub.reported import run_reported

    try:
        config, data_dir = _config_of_hub(arguments)
        set_up_log(data_dir / "hub.log" if arguments.child else None)
        announce = _announce_to_console if arguments.child else _announce
        while asyncio.run(run_reported(config, data_dir, is_child=arguments.child, announce=announce)):
            config = _config_again(arguments, config)
    except AlreadyRunning:
        if arguments.child:
            print(ALREADY_RUNNING, flush=True)
            return DONE
        print("reception: a hub is already running with this data folder.", file=sys.stderr)
        return NOT_NOW
    except (BadInput, ServiceError) as fault:
        if arguments.child:
            text = str(fault) if isinstance(fault, BadInput) else words_of(fault)
            print(f"{FAILED}: {' '.join(text.split())}", flush=True)
        raise
    return DONE


def _config_again(arguments: argparse.Namespace, before: Config) -> Config:
    """Return what the files say now; what they said before, if somebody has broken them meanwhile."""
    try:
        config, _ = _config_of_hub(arguments)
    except BadInput as fault:
        print(f"reception: the settings of before hold: {fault}", file=sys.stderr)
        return before
    return config


def _config_of_hub(arguments: argparse.Namespace) -> tuple[Config, Path]:
    from reception.hub.config import load_config
    from reception.hub.opening import data_dir_of

    given = given_data_dir(arguments)
    if arguments.demo:
        from reception.hub.demo import demo_config

        data_dir = given or default_data_dir() / "demo"
        return demo_config(data_dir, speed=arguments.speed), data_dir
    config = load_config(config_path(arguments, given or default_data_dir()))
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


def _import_contacts(arguments: argparse.Namespace) -> int:
    from reception.hub.contact_preview import preview
    from reception.hub.importing import import_contacts
    from reception.hub.opening import read_contacts

    config, data_dir = _config_for_import(arguments)
    read = read_contacts(str(arguments.file), config)
    for line in preview(read):
        print(line)
    if not arguments.save:
        print("\nNothing is stored yet. If this is right, do the same with --save.")
        return DONE
    print(f"\nSaved: {import_contacts(read, config, data_dir)}.")
    return DONE


def _export(arguments: argparse.Namespace) -> int:
    from reception.hub.importing import export, write_export

    config, data_dir = _config_for_import(arguments)
    count, text = export(config, data_dir, are_contacts=arguments.contacts)
    write_export(arguments.file, text, are_contacts=arguments.contacts)
    print(f"{arguments.file}: {count} {'contacts' if arguments.contacts else 'people'}.")
    return DONE


def _reload(arguments: argparse.Namespace) -> int:
    import asyncio

    from reception.hub.admin import ask_reload
    from reception.runtime import read_runtime, runtime_file

    _, data_dir = _config_for_import(arguments)
    info = read_runtime(runtime_file(data_dir))
    if info is None:
        print(
            f"reception: no hub is running with {data_dir}; it reads the file when it starts.",
            file=sys.stderr,
        )
        return NOT_NOW
    is_different = asyncio.run(ask_reload(info))
    print("The office file holds now." if is_different else "The office file is as it was.")
    return DONE


def _config_for_import(arguments: argparse.Namespace) -> tuple[Config | None, Path]:
    """Return the configuration if there is one: a data folder alone will do for importing."""
    from reception.hub.config import load_config
    from reception.hub.opening import data_dir_of

    given = given_data_dir(arguments)
    path = config_path(arguments, given or default_data_dir())
    config = load_config(path) if "config" in arguments or path.exists() else None
    return config, data_dir_of(config, given)


def _account(arguments: argparse.Namespace) -> int:
    from reception.hub.config import load_config
    from reception.hub.opening import data_dir_of
    from reception.hub.web.account_command import administer, typed_password
    from reception.hub.web.account_tasks import AccountTask, Deed

    given = given_data_dir(arguments)
    config = load_config(config_path(arguments, given or default_data_dir()))
    deed = Deed(arguments.deed)
    password = typed_password() if deed is Deed.PASSWORD else ""
    task = AccountTask(deed=deed, user=arguments.user, person=arguments.person, password=password)
    link = administer(task, config, data_dir_of(config, given))
    print(link or f"{arguments.user}: done.")
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    import asyncio

    from reception.hub.checking import check_store
    from reception.hub.config import load_config
    from reception.hub.opening import check_parts, data_dir_of

    given = given_data_dir(arguments)
    path = config_path(arguments, given or default_data_dir())
    config = load_config(path)
    check_parts(config)
    data_dir = data_dir_of(config, given)
    store = asyncio.run(check_store(config, data_dir))
    print(f"{path}: in order. Data folder: {data_dir}. Store: {store}.")
    if any(name == "graph" for name, _ in config.presence):
        print(
            "Microsoft Teams: integration model Connect, stand-alone: "
            f"calls stay in {config.switch_backend}, Teams tells presence."
        )
    if config.identity is not None:
        from reception.hub.web.opening import redirect_of

        redirect = redirect_of(config)
        print(f"Sign-in by {config.identity[0]}: the redirect URI to register (platform Web) is {redirect}")
    return DONE


def _doctor(arguments: argparse.Namespace) -> int:
    from reception.hub.doctor import examine
    from reception.model.findings import Finding

    config, _ = _config_of_hub(arguments)

    def tell(where: str, finding: Finding) -> None:
        is_well = "well" if finding.fault is None else _advice(finding.fault)
        print(f"{where}: {finding.what}: {is_well}", flush=True)

    return DONE if examine(config, tell) else NOT_NOW


def _advice(fault: Message) -> str:
    """Return what the window says of a fault, in English; a line of its parameters for what it never says."""
    from widgets.source_words import SOURCE_SENTENCES  # the words; of Qt its core alone

    _, sentence = SOURCE_SENTENCES.get(fault.key, ("", ""))
    return sentence.format(**fault.params) if sentence else words_of(ServiceError(fault.key, **fault.params))


def _sign_in(arguments: argparse.Namespace) -> int:
    from reception.hub.sign_in import sign_in

    print(sign_in(*_config_of_hub(arguments), lambda line: print(line, flush=True)), "has signed in.")
    return DONE


def _explain(arguments: argparse.Namespace) -> int:
    from reception.hub.config import load_config
    from reception.hub.explaining import explain
    from reception.hub.office_file import default_office

    path = config_path(arguments, given_data_dir(arguments) or default_data_dir())
    config = load_config(path) if "config" in arguments or path.exists() else None
    settings = config.office if config is not None else None
    for line in explain(settings or default_office(), vars(arguments)):
        print(line)
    return DONE


def _init(arguments: argparse.Namespace) -> int:
    from importlib import resources

    path = config_path(arguments, given_data_dir(arguments) or default_data_dir())
    examples = {path: "example.toml", path.with_name("office.toml"): "office.toml"}
    path.parent.mkdir(parents=True, exist_ok=True)
    if there := next((file for file in examples if file.exists()), None):
        raise BadInput("misconfigured", f"{there} is there already; nothing was changed.")
    for file, example in examples.items():
        text = resources.files("reception.hub").joinpath(example).read_text(encoding="utf-8")
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    names = " and ".join(str(file) for file in examples)
    print(f"{names} are written. Change them to your house, then: reception hub check-config --config {path}")
    return DONE
