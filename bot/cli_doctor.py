"""``werkbot doctor``: says what is wrong with an installation before the bot starts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli import CODE, FILE, FINE, MISTAKES, option, say, terminal_language


@click.command(help=say("terminal.help.doctor"))
@option("knowledge", FILE, "KNOWLEDGE_FILE")
@option("language", CODE)
@click.option("--json", "as_json", is_flag=True, help=say("terminal.help.doctor_json"))
def doctor(knowledge: Path | None, language: str | None, as_json: bool) -> int:
    """Look at everything; the status is ``MISTAKES`` if there is a problem."""
    from bot.doctor import Doctor, Level

    terminal = terminal_language(language)
    findings = list(Doctor(terminal, knowledge).findings())
    well = all(finding.level is not Level.PROBLEM for finding in findings)
    if as_json:
        click.echo(json.dumps({"ok": well, "findings": [asdict(finding) for finding in findings]}, ensure_ascii=True))
    else:
        for finding in findings:
            click.echo(f"{terminal.say(f'terminal.doctor.levels.{finding.level.name.lower()}')}: {finding.message}")
            if finding.advice:
                click.echo(f"  → {finding.advice}")
        click.echo(terminal.say(f"terminal.doctor.{'well' if well else 'unwell'}"), err=True)
    return FINE if well else MISTAKES
