"""Background work, at least once.

A feature writes its jobs in ``<app>/tasks.py``::

    from netral.base.jobs import task

    @task(queue_name="imports")
    def read_upload(import_id: str) -> None: ...

    read_upload.enqueue(str(row.id))  # takes part in the transaction around it

Arguments are JSON. A job may run **twice** (its worker may be killed in the middle), so it looks
at the state it finds before it acts. A job that raises is tried again, later each time; after
``attempts`` tries it rests as failed until an operator looks (``netral jobs``). Raise
:class:`GiveUp` when trying again cannot help. What a job raises is logged by its type and place,
never by its message: messages carry names and numbers.

The engine is a setting (``NETRAL_TASKS``). The module is the only place that knows which package
the interface comes from, so that the move to Django's own is one line here.
"""

from netral.base.jobs.definition import GiveUp, TaskContext, task
from netral.base.jobs.schedule import daily, hourly

__all__ = ["GiveUp", "TaskContext", "daily", "hourly", "task"]
