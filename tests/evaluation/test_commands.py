"""The evaluate commands, in this process, with the dictionary coder."""

import json
import subprocess
import sys

import pytest

from entente.cli.main import main
from entente.evaluation.agreement import agreement
from entente.evaluation.documents import document_of, read_folder
from tests.evaluation.gold import TEXT, event, write

PLV = (
    "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold\n"
    "1\tMali denounced Niger.\t<s>Mali</s> denounced <t>Niger</t>.\tMali\tNiger\tACCUSE\n"
    "2\tMali freed two men from Niger.\t<s>Mali</s> freed <t>two men from Niger</t>.\tMali\ttwo men from Niger\tYIELD\n"
    "3\tMali likes Niger.\t<s>Mali</s> likes <t>Niger</t>.\tMali\tNiger\tSUPPORT\n"
)


@pytest.fixture
def run(capsys):
    def run_once(*arguments):
        code = main(["evaluate", *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_once


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_plv_writes_a_prediction_for_each_sentence_and_prints_scores(run, tmp_path):
    file, out = tmp_path / "plv.tsv", tmp_path / "out.jsonl"
    file.write_text(PLV, encoding="utf-8")
    code, printed, _ = run("plv", file, "--predictions", out, "--coder", "dictionary", "--json")
    assert code == 0
    found = lines(out)
    assert [list(row) for row in found] == [["id", "root", "penta", "probability"]] * 3
    assert [(row["id"], row["root"], row["penta"]) for row in found[:2]] == [("1", "ACCUSE", 3), ("2", "YIELD", 2)]
    scores = json.loads(printed)
    assert scores["scores"]["root"]["micro_f1"] == pytest.approx(2 / 3)
    assert scores["coder"] == "dictionary/1"


def test_plv_without_a_gold_column_prints_the_predictions(run, tmp_path):
    file = tmp_path / "plv.tsv"
    file.write_text("\n".join("\t".join(row.split("\t")[:5]) for row in PLV.splitlines()) + "\n", encoding="utf-8")
    code, printed, said = run("plv", file, "--coder", "dictionary")
    assert code == 0
    assert [json.loads(line)["id"] for line in printed.splitlines()] == ["1", "2", "3"]
    assert "nothing to score" in said


def test_plv_prints_a_table_for_people(run, tmp_path):
    file = tmp_path / "plv.tsv"
    file.write_text(PLV, encoding="utf-8")
    _, printed, _ = run("plv", file, "--coder", "dictionary")
    assert "macro-F1" in printed
    assert "root (15)" in printed


def test_gsr_says_how_many_records_are_right_and_how_many_events_they_got(run, tmp_path):
    file, out = tmp_path / "gsr.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "a", "text": "Norway condemned Belarus on Monday.", "event_2022": "ACCUSE",
         "source": [{"code": "NOR"}], "target": [{"code": "BLR"}]},
        {"id": "b", "text": "The sun rose over the hills of the old country today.", "event_2022": "AID",
         "source": [{"code": "NOR"}], "target": ""},
    ]  # fmt: skip
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    code, printed, said = run("gsr", file, "--coder", "dictionary", "--predictions", out)
    assert code == 0
    assert printed.splitlines()[2].split()[:6] == ["type", "and", "countries", "1", "2", "0.500"]
    assert "0.50 events a record" in said
    assert [(row["id"], len(row["events"])) for row in lines(out)] == [("a", 1), ("b", 0)]
    scores = json.loads(run("gsr", file, "--coder", "dictionary", "--json")[1])["scores"]
    assert (scores["right"]["right"], scores["events_per_record"]) == (1, 0.5)


def test_petrarch_says_how_many_codings_are_found(run, tmp_path):
    file = tmp_path / "petrarch.jsonl"
    events = [{"sourcecode": "NORGOV", "targetcode": "BLR", "eventcode": "111"}]
    row = {"id": "a", "date": "20240517", "text": "Norway condemned Belarus on Monday.", "events": events}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    code, printed, _ = run("petrarch", file, "--coder", "dictionary")
    assert code == 0
    assert printed.splitlines()[2].split()[:5] == ["codings", "found", "1", "1", "1.000"]


def test_record_codes_the_texts_beside_the_gold_and_scores_like_a_folder_of_records(run, tmp_path):
    gold = write(tmp_path / "gold", "report", [event("thanks", "SUPPORT", ["NOR"], ["MAR"])])
    out = tmp_path / "out.jsonl"
    code, printed, _ = run("record", gold, "--coder", "dictionary", "--json", "--samples", 20, "--predictions", out)
    assert code == 0
    (found,) = lines(out)
    coded = json.loads(printed)["measures"]
    assert coded["direction"]["recall"] == 1.0
    theirs = {"report": document_of("report", found, TEXT)}
    ours = agreement(read_folder(gold), theirs, samples=20)
    assert coded["type"]["precision"] == pytest.approx(ours.measures["type"].precision)


def test_record_scores_ready_records_with_details(run, tmp_path):
    gold = write(tmp_path / "gold", "report", [event("thanks", "SUPPORT", ["NOR"], ["MAR"])])
    other = write(tmp_path / "other", "report", [event("charge", "ACCUSE", ["MAR"], ["MRT"])])
    write(other, "extra", [])
    code, printed, said = run("record", gold, "--records", other, "--details", "--samples", 20)
    assert code == 0
    assert "1 reports; events A 1, B 1" in printed
    assert "report | only A | SUPPORT NOR > MAR" in printed
    assert "not compared: extra" in said


def test_a_missing_file_or_folder_ends_with_one_and_says_what_to_do(run, tmp_path):
    for command in ("plv", "gsr", "petrarch", "record"):
        code, _, said = run(command, tmp_path / "nowhere", "--coder", "dictionary")
        assert code == 1
        assert "nowhere" in said


def test_gold_without_its_text_is_named(run, tmp_path):
    gold = write(tmp_path / "gold", "report", [])
    (gold / "report.txt").unlink()
    code, _, said = run("record", gold, "--coder", "dictionary")
    assert (code, "no text for report" in said) == (1, True)


def test_help_loads_no_network_and_no_numbers():
    code = "import sys; from entente.cli.main import main; main(['evaluate', '--help']); sys.exit(bool({'onnxruntime', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
