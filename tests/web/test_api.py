"""Whatever is asked of the lists as data, the answer is data or a clear refusal, never a failure of ours."""

import schemathesis
from hypothesis import HealthCheck, given, settings

from selon.web.app import make_app

HERE = {"host": "127.0.0.1"}


def answers_of(operation):
    """The statuses of some thirty requests that the description allows."""
    answered = set()

    @given(case=operation.as_strategy())
    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case):
        answer = case.call(headers=HERE)
        answered.add(answer.status_code)
        assert answer.status_code in (200, 400, 404, 405, 422), answer.text
        assert "content-security-policy" in answer.headers

    ask()
    return answered


def test_no_request_breaks_us(demo):
    description = schemathesis.openapi.from_asgi("/openapi.json", make_app(demo), headers=HERE)
    operations = [found.ok() for found in description.get_all_operations()]
    assert {each.path for each in operations} >= {"/articles.{shape}", "/statements.{shape}", "/people.{shape}"}
    for operation in operations:
        assert answers_of(operation) & ({404} if "{key}" in operation.path else {200, 400}), operation.path
