"""Pages without a primary action, each with the reason why there is none; every other page has exactly one.

A page is named as in `pages.py`: one address can have something to do in one state and nothing in another.
"""

NOTHING_TO_DO = {
    "my-scorecards": "A list to look things up in; the next scorecard to write stands on Today.",
    "brief": "It is there to be read; only somebody who is named as an approver is asked to agree.",
    "brief-empty": "It is there to be read; what is missing is written on the page of the role.",
    "candidates": "Candidates are found here; they are added on the page of their job.",
    "candidates-none": "Candidates are found here; they are added on the page of their job.",
    "today-remi": "Nothing waits for her.",
    "loop-open": "What an open loop puts is fixed; closing it is an exception, not the next step.",
    "loops": "Loops are compared here; each is opened on its own page.",
    "packs": "A library to read in; what is done with a scenario stands on its page.",
    "packs-none": "A library to read in; the search found nothing.",
    "scenario": "It is there to be read; editing a copy or deleting a version are exceptions.",
    "draft-preview": "It shows the draft as others will see it; the way on is back in the editor.",
    "draft-difference": "It is there to be read before publishing; the way on is back in the editor.",
    "application": "Each interview has its own next step, and none of them is the page's.",
    "link": "The link is there to be handed over; copying it is a help that needs scripts.",
    "stage-preview": "Nothing can be entered in a preview.",
    "guide-personal": "Reading it is never scored, and nothing is asked of the candidate.",
    "your-data": "It is there to be read; withdrawing is an exception.",
    "questions-none": "Nobody has asked anything.",
    "interviewers": "Anybody may read it, and nothing is asked of anybody.",
    "scorecard-frozen": "It is handed in; an amendment is an exception.",
    "scorecard-history": "It is there to be read, and nothing in it can be changed.",
    "accuracy": "A report; what is wrong is mended in the editor of the disclosure.",
    "accuracy-manager": "A report; what is wrong is mended in the editor of the disclosure.",
    "check-in": "It is there to be read, and nothing in it can be changed.",
    "agreement": "A report: it advises, and people decide elsewhere.",
    "letters": "Letters go out by themselves; sending one again is an exception.",
    "audit": "The log is there to be read, and nothing in it can be changed.",
    "error-404": "There is nothing here to do anything with.",
}
