"""What a candidate of the demo's first job asks on her link, and what she is answered."""

from app.candidates import queries as candidates
from app.candidates import services as candidate_services
from app.candidates.models import CandidateLink
from app.policy import NOBODY, Actor
from app.questions import queries, services

EVENINGS = (
    "At my last clinic the late evening came on short notice. Is yours every week, and can it be swapped?"
)


def ask(link: CandidateLink) -> None:
    """Two lines ticked, two questions in her own words, a wish to visit, and texts in large print."""
    services.tick(NOBODY, link, topics=["supervision", "busiest-days"])
    services.ask(NOBODY, link, text=EVENINGS)
    services.ask(NOBODY, link, text="How often did somebody take work home in the last three months?")
    services.ask_for_visit(NOBODY, link, wish="A morning in the hand clinic, any day but Tuesday.")
    candidate_services.ask_accommodation(
        NOBODY, link, text="What I have to read in large type: 18 points at least."
    )


def answer(recruiter: Actor, link: CandidateLink) -> None:
    """The question about evenings is answered to everybody; interviewers are told what to do, never why."""
    application = link.application
    question = next(one for one in queries.asked_by(application) if one.text == EVENINGS)
    services.answer(
        recruiter,
        question,
        wording="Is the late evening every week, and can it be swapped?",
        text="Every week, until 7. The four therapists swap evenings until Thursday of the week before.",
    )
    [request] = candidates.requests_by(application)
    candidate_services.arrange(
        recruiter, application, time_factor=100, instruction="Hand over the texts in 18-point print."
    )
    candidate_services.answer_accommodation(
        recruiter, request, text="Everything you read in the interviews is printed in 18 points."
    )
