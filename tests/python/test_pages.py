"""What docs/python.md and docs/sql.md show is done, from the first line to the last."""

import contextlib
import io
import unittest

import duckdb
import duckdb_extensions

from .support import SEASON, blocks, export, run, runs_of_the_command, temporary, working_in


class Python(unittest.TestCase):
    def test_every_example_runs(self):
        examples = blocks("python.md", "python")
        self.assertEqual(len(examples), 4)
        shown = []
        with temporary() as folder, working_in(folder):
            export(folder)
            for example in examples:
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    exec(compile(example, "docs/python.md", "exec"), {})
                shown.append(out.getvalue())
        self.assertTrue(all(shown))
        months = {line["local_start"][:7] for line in runs_of_the_command(SEASON)}
        self.assertTrue(months and all(month in shown[0] for month in months), shown[0])
        self.assertLessEqual(len(examples[0].strip().splitlines()), 10)


class Sql(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        duckdb_extensions.import_extension("sqlite_scanner")
        cls.answers = []
        with temporary() as folder, working_in(folder):
            for name, arguments in {
                "rows.parquet": ["measure", SEASON, "--format", "parquet", "--channels"],
                "runs.parquet": ["audit", SEASON, "--all", "--no-logbook", "--format", "parquet"],
            }.items():
                with open(name, "wb") as file:
                    file.write(run(*arguments))
            run("audit", SEASON, "--quiet", "--logbook", "logbook.sqlite")
            connection = duckdb.connect()
            connection.execute("LOAD sqlite_scanner")
            connection.execute("ATTACH 'logbook.sqlite' AS logbook (TYPE sqlite)")
            for question in blocks("sql.md", "sql"):
                cls.answers.append(connection.execute(question).fetchall())
            connection.close()
        cls.runs = runs_of_the_command(SEASON, "--all")

    def test_there_are_ten_questions_with_answers(self):
        self.assertEqual([bool(answer) for answer in self.answers[:8]], [True] * 8)
        self.assertEqual(len(self.answers), 10)
        self.assertTrue(self.answers[9])

    def test_weeks_hold_every_run_once(self):
        running = [line for line in self.runs if line["sport"] == "running"]
        self.assertEqual(sum(week[1] for week in self.answers[0]), len(running))
        km = sum(line["metrics"]["distance_m"] or 0 for line in running) / 1000
        self.assertAlmostEqual(sum(week[2] for week in self.answers[0]), km, delta=0.05 * len(self.answers[0]))

    def test_zones_hold_every_second_once(self):
        seconds = sum(sum((line["metrics"]["time_in_zone"] or {"seconds": []})["seconds"]) for line in self.runs)
        hours = sum(answer[2] for answer in self.answers[1])
        self.assertAlmostEqual(hours, seconds / 3600, delta=0.05 * len(self.answers[1]))

    def test_months_hold_the_verdicts(self):
        audits = [line["audit"]["verdict"] for line in self.runs if line["audit"]]
        self.assertEqual(sum(month[1] for month in self.answers[2]), len(audits))
        self.assertEqual(sum(month[2] for month in self.answers[2]), audits.count("kept"))
        self.assertEqual(sum(month[3] for month in self.answers[2]), audits.count("cannot_judge"))

    def test_what_spoils_them_is_what_the_findings_say(self):
        counted = {}
        for line in self.runs:
            if line["audit"] and line["audit"]["verdict"] != "kept":
                for finding in line["audit"]["findings"]:
                    if finding["result"] in ("fail", "slip"):
                        key = (finding["criterion"], finding["result"])
                        counted[key] = counted.get(key, 0) + 1
        self.assertEqual({(a, b): times for a, b, times in self.answers[3]}, counted)
        failed = sum(times for (_, result), times in counted.items() if result == "fail")
        self.assertEqual(len(self.answers[9]), failed)

    def test_every_watch_has_its_runs(self):
        self.assertEqual(sum(watch[1] for watch in self.answers[5]), len(self.runs))


if __name__ == "__main__":
    unittest.main()
