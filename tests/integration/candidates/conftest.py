"""What these tests share with those of questions: a job, Cleo, and her link."""

from tests.integration.questions.conftest import cleo, job, link, noors, token

__all__ = ["cleo", "job", "link", "noors", "token"]
