"""Forms of the pages put together here: finding jobs and candidates, and a candidate's withdrawal."""

from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.jobs import rules
from app.jobs.forms import labelled
from app.overview.queries import Progress
from app.scoring.rules import Group
from app.web.forms import Finder, Form, SelectChoice, anything

STATES = {
    Progress.NONE: "No loop yet",
    Progress.DRAFT: "Loop is a draft",
    Progress.OPEN: "Loop is open",
    Progress.CLOSED: "Loop is closed",
}
GROUPS = {Group.ACTIVE: "Active", Group.DECIDED: "Decided", Group.WITHDRAWN: "Withdrawn"}


class FindJobs(Finder):
    """Which jobs to show."""

    setting = SelectField("Setting", choices=anything(labelled(rules.SETTINGS)))
    role = SelectField("Role", choices=anything(labelled(rules.ROLES)))
    level = SelectField("Level", choices=anything(labelled(rules.LEVELS)))
    state = SelectField("Interview loop", choices=anything(SelectChoice(*one) for one in STATES.items()))


class FindCandidates(Finder):
    """Which candidates to show."""

    group = SelectField("Application", choices=anything(SelectChoice(*one) for one in GROUPS.items()))


class FindOnJob(Finder):
    """Which candidates of a job to show."""


class OwnWithdrawalForm(Form):
    """That the candidate withdraws, said by themselves."""

    sure = BooleanField("I withdraw my application", [InputRequired("Tick the box if you withdraw.")])
    reason = TextAreaField("Why, if you want to say", [Length(max=1000)])


class WithdrawalForm(Form):
    """Why the candidate withdraws, as they said it."""

    reason = TextAreaField("Reason", [InputRequired("Say why in a few words."), Length(max=1000)])
