"""Every refusal a person may meet. The docstring says when; `key` names the words that are shown.

Facts given to a refusal fill the placeholders of its words, so they must never hold a secret.
"""


class Refusal(Exception):
    """Something a person asked for is not done, and the words under `key` say why."""

    key = "refused"

    def __init__(self, *args: object, person: object = None, **facts: object) -> None:
        super().__init__(*args)
        self.person = person  # whom it is said to, once the desk knows
        self.facts = facts


class Stranger(Refusal):
    """Nobody we know: told the published contact point and nothing else."""

    key = "stranger"


class NobodyNamed(Refusal):
    """A shared telephone: who is holding it must be said before anything is changed from it."""

    key = "nobody_named"


class NamedAlready(Refusal):
    """The question of who holds it was answered before. Facts: name."""

    key = "named_already"


class Forbidden(Refusal):
    """Somebody we know, who may not do this."""

    key = "forbidden"


class InvalidAnswer(Refusal):
    """What was typed or pressed is no answer to the question that is asked."""

    key = "invalid_answer"


class TooLong(InvalidAnswer):
    """More characters than the question takes. Facts: limit, length."""

    key = "too_long"


class NotAPhone(InvalidAnswer):
    """Asked for a telephone number, something else was written."""

    key = "not_a_phone"


class Unclear(InvalidAnswer):
    """A polite word or a half answer ("dạ", "ừ"): asked again, never guessed."""

    key = "unclear"


class NothingAsked(Refusal):
    """Typed words where no question stands."""

    key = "nothing_asked"


class SeveralWait(Refusal):
    """Typed without a number, and several swaps wait for an answer. Facts: numbers, first."""

    key = "several_wait"


class NotFound(Refusal):
    """No such incident, page, unit or person. Facts: number or name."""

    key = "not_found"


class BadCode(Refusal):
    """An invitation code that is wrong, used or out of date (the three are not told apart)."""

    key = "bad_code"


class LinkedAlready(Refusal):
    """A code for one more account, typed where its owner is known already: it is still good."""

    key = "linked_already"


class NotYourCode(Refusal):
    """A code for somebody else's next account, typed from an account that is known as another's."""

    key = "not_your_code"


class SecretMarking(Refusal):
    """The words carry the marking of a state secret: nothing of them is kept (law.md §5)."""

    key = "secret_marking"


class NotHere(Refusal):
    """A command in the wrong kind of chat: dialogs are private."""

    key = "not_here"


class OnlyInGroup(NotHere):
    """Binding a group, tried in a private chat."""

    key = "only_in_group"


class Outdated(Refusal):
    """What was answered is no longer the question: the person is shown the present one."""

    key = "outdated"


class Repeated(Outdated):
    """The platform delivered an update twice; fact `chain`: what it wrote to."""

    key = "repeated"


class Passed(Outdated):
    """Typed for a question that was gone on with elsewhere: on another network, by a press."""

    key = "passed"


class TypeTheTime(InvalidAnswer):
    """ "Giờ khác" was pressed: the time is typed."""

    key = "type_time"


class TypeTheTimeAhead(TypeTheTime):
    """ "Giờ khác" was pressed where a time to come is asked for: it is typed."""

    key = "type_time_ahead"


class NotWords(InvalidAnswer):
    """A sticker, a picture, a file: nothing of it is fetched."""

    key = "not_words"


class NoFiles(Refusal):
    """A picture or a file of what may be a state secret: none is taken. Facts: code, meet."""

    key = "no_files"


class NoFilesOfOne(Refusal):
    """Of one of several incidents none is taken: the words beside it must say which. Facts: code,
    number."""

    key = "no_files_of_one"


class OfASecret(Refusal):
    """Which tình huống it is says something of a state secret: nothing here. Facts: code."""

    key = "of_a_secret"


class NothingToProve(Refusal):
    """A picture, and no report or incident of this person that it could belong to."""

    key = "nothing_to_prove"


class EmptyFile(Refusal):
    """A file without a byte."""

    key = "empty_file"


class FileTooBig(Refusal):
    """More bytes than are taken. Facts: most, in MB."""

    key = "file_too_big"


class Altered(Refusal):
    """What is kept has not the checksum any more with which it came. Facts: receipt."""

    key = "altered"


class PassOver(Refusal):
    """A page, a link or a code that was used, is out of date, or was never given."""

    key = "pass_over"


class NotUnderstood(InvalidAnswer):
    """Typed words that name none of the options; facts: near, an option that was perhaps meant."""

    key = "not_understood"


class NoAgency(Refusal):
    """Nothing is set up yet: python -m bot init FILE."""

    key = "no_agency"


class OnlyBy(Refusal):
    """The plan leaves it to few, and this person is none of them. Facts: who."""

    key = "only_by"


class NotInPlan(Refusal):
    """The plan gives this power to nobody. Facts: plan, number."""

    key = "not_in_plan"


class NoLeader(Refusal):
    """A direction is to be written down, and the agency's file names no leader who may give one."""

    key = "no_leader"


class Closed(Refusal):
    """The incident is closed; it can be reopened with a reason. Facts: number."""

    key = "closed"


class TypeThePeriod(InvalidAnswer):
    """ "Thời gian khác" was pressed: from when to when is typed."""

    key = "type_period"


class PeriodOver(Refusal):
    """A time to come was asked for, and it is past."""

    key = "period_over"


class NoShift(Refusal):
    """No shift of this person's to swap or to hand over."""

    key = "no_shift"


class NoRoster(Refusal):
    """The agency's file has no roster that this person may change."""

    key = "no_roster"


class ShiftMoved(Refusal):
    """The roster has changed: the shift is not this person's any more. Facts: name."""

    key = "shift_moved"


class AwayThen(Refusal):
    """Whoever was to have a shift, or to stand in, is away in that time. Facts: name."""

    key = "away_then"


class NotOfRoster(Refusal):
    """Whoever was to have a shift holds the roster's role no more. Facts: name."""

    key = "not_of_roster"


class PreviewOver(Refusal):
    """What was previewed of a roster's file is not to be applied any more: too late, a newer one,
    or somebody of it is not of that duty any more."""

    key = "preview_over"


class NobodyThere(Refusal):
    """Nobody is there who could take over what is handed over."""

    key = "nobody_there"
