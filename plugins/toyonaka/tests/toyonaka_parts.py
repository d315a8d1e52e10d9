"""Short sheets of the form, and what the adapter makes of them."""

from pathlib import Path

from munidx.adapters import Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.findings import Finding
from munidx.model import Goal, Plan
from munidx.readers import read_source
from munidx_toyonaka.adapter import Toyonaka

__all__ = ["HEAD", "MID", "SAMPLE", "found", "goals", "mid_goal", "only", "read", "year_goal"]

SAMPLE = (Path(__file__).parent / "samples/bureau-r7.txt").read_text(encoding="utf-8")
HEAD = "No\t当年度目標\t実績\t\n\t取組み事項\t取組みを行った内容・成果\t課題・今後の方向性\n"
MID = "4. 中期目標\n\nNo\t取組み事項\tスケジュール\n"


def read(text: str, name: str = "sheet.txt") -> tuple[Reading, list[str]]:
    publication = read_source(Source(name, text.encode()))
    reading = Toyonaka().read(publication)
    coverage = measure(publication, reading.plans, reading.leftovers)
    return reading, [leftover.text for leftover in coverage.unread_places]


def only(reading: Reading) -> Plan:
    (plan,) = reading.plans
    return plan


def found(reading: Reading, code: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.code == code]


def goals(reading: Reading) -> list[Goal]:
    return [goal for parent in only(reading).goals for goal in parent.goals]


def year_goal(plan: str, results: str = "", outlook: str = "") -> Goal:
    reading, unread = read(f"{HEAD}1\t{plan}\t{results}\t{outlook}\n")
    assert unread == []
    (goal,) = goals(reading)
    return goal


def mid_goal(plan: str, schedule: str) -> tuple[Goal, Reading]:
    reading, unread = read(f"{MID}1\t{plan}\t{schedule}\n")
    assert unread == []
    (goal,) = goals(reading)
    return goal, reading
