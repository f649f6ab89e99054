"""Forms about questions and visits."""

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.questions.topics import TOPICS
from app.web.forms import Form, SelectChoice


class TicksForm(Form):
    """What a candidate still wants to know, of the topics on the list."""

    topics = SelectMultipleField("Topics", choices=[SelectChoice(one.key, one.question) for one in TOPICS])


class QuestionForm(Form):
    """A question in a candidate's own words."""

    text = TextAreaField("Your question", [InputRequired("Type your question."), Length(max=600)])


class VisitForm(Form):
    """What a candidate would like to see, and when they could."""

    wish = TextAreaField(
        "When you could come, and what you would like to see",
        [InputRequired("Say when you could come."), Length(max=400)],
    )


class AnswerForm(Form):
    """What every candidate of the job is going to read."""

    wording = TextAreaField(
        "The question, as everybody reads it",
        [InputRequired("Type the question as everybody may read it."), Length(max=600)],
    )
    stays = BooleanField("The words above tell nobody who asked")
    text = TextAreaField("The answer", [InputRequired("Type the answer."), Length(max=2000)])


class VisitAnswerForm(Form):
    """When a candidate may come, or why not."""

    answer = TextAreaField(
        "Your answer", [InputRequired("Say when they may come, or why not."), Length(max=600)]
    )
