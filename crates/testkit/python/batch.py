"""Runs the reference on many programs at once: its modules are loaded once, then one fork per job.

Standard input holds a JSON list of jobs, each {"folder": where the results go, "args": [flags]}.
A job leaves in its folder `stdout`, `stderr` and, last, `status` with the exit status as text.
"""

import json
import os
import sys
import traceback

from reference import load


def run(main, job):
    """Runs one job in this (forked) process and ends the process."""
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        target = os.open(os.path.join(job["folder"], name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, descriptor)
    sys.argv = ["cairo-run", *job["args"]]
    try:
        status = main()
    except SystemExit as exit_request:
        status = exit_request.code
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0 if status is None else 1)


def main():
    jobs = json.load(sys.stdin)
    entry = load()
    running = {}

    def wait_for_one():
        process, status = os.wait()
        job = running.pop(process)
        with open(os.path.join(job["folder"], "status"), "w", encoding="utf-8") as file:
            file.write(str(os.waitstatus_to_exitcode(status)))

    for job in jobs:
        if len(running) >= (os.cpu_count() or 1):
            wait_for_one()
        process = os.fork()
        if process == 0:
            run(entry, job)
        running[process] = job
    while running:
        wait_for_one()


if __name__ == "__main__":
    main()
