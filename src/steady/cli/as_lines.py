"""A rehearsal as plain lines: print and input, nothing drawn, fit for a screen reader."""

from typing import TextIO

from steady.cli.answering import Answering
from steady.practice.rehearsal import MAX_TURN, Alarm, Aside, Rehearsal, Said
from steady.records import ClientTurn, Feedback
from steady.rubric.anchors import anchor, meaning
from steady.rubric.outcome import part_was_done
from steady.rubric.readers import told_of_reader
from steady.safety.cleaning import clean

HELP = """\
Type what you would say and press enter. To the program, not to {name}:
  /hint    the next hint: a breath, a starter, your script, a sample line
  /pause   stop for as long as you like; enter goes on
  /again   say your last turn again
  /end     stop here and see how it went
  /help    this list"""


def rehearse(
    rehearsal: Rehearsal,
    source: TextIO,
    out: TextIO,
    country: str,
    answering: Answering | None = None,
) -> None:
    """Run the rehearsal to its end or to the end of the input, then print the feedback.

    `answering` is how the partner answers; at once, in the built-in voice, where it is None.
    """
    PlainFace(rehearsal, source, out, country, answering or Answering(rehearsal)).run()


class PlainFace:
    """The conversation as lines of text."""

    def __init__(
        self,
        rehearsal: Rehearsal,
        source: TextIO,
        out: TextIO,
        country: str,
        answering: Answering,
    ) -> None:
        """A face over one rehearsal; `country` says whose help lines are shown."""
        self._rehearsal = rehearsal
        self._source = source
        self._out = out
        self._name = rehearsal.scene.name
        self._country = country
        self._partner = answering

    def run(self) -> None:
        """The whole rehearsal."""
        scene = self._rehearsal.scene
        scenario = scene.scenario
        self._print(f"{scenario.title} ({scene.rung.value})", "", scenario.setting)
        self._print(scenario.need, f"Your script: {scene.script}", "")
        self._print("This is practice, not therapy, and not for a partner you are afraid of.")
        self._print("/help lists what else you can type.", "")
        self._partner_says()
        while self._rehearsal.ending is None:
            line = self._read()
            if line is None or line.strip() == "/end":
                break
            self._take(line)
        self._tell(self._partner.close(self._notice))

    def _take(self, line: str) -> None:
        commands = {
            "/help": lambda: self._print(HELP.format(name=self._name)),
            "/hint": self._hint,
            "/pause": self._pause,
            "/again": self._again,
        }
        word = line.strip()
        if word in commands:
            commands[word]()
        elif word.startswith("/") and " " not in word:
            self._print(f"'{clean(word)[:40]}' is not a command; /help lists them.")
        else:
            self._show(self._partner.say(line, self._notice))

    def _show(self, said: Said) -> None:
        if isinstance(said, Alarm):
            self._alarm(said)
        elif isinstance(said, Aside):
            self._print(said.help.text)
            if said.help.starter:
                self._print(f"  {said.help.starter}")
        else:
            if said.cut:
                self._print(
                    f"(That was long: {self._name} heard the first {MAX_TURN:,} characters.)"
                )
            if self._rehearsal.scene.slow:
                self._wait(f"({self._name} is about to answer. Enter when you are ready.)")
            self._partner_says()

    def _alarm(self, alarm: Alarm) -> None:
        from steady.safety.helplines import spoken

        self._print("", *spoken(alarm.danger, self._country), "")
        self._print("To stop here, press enter. If this was misread, type /go-on.")
        line = self._read()
        if line is not None and line.strip() == "/go-on":
            self._show(self._partner.misread(alarm, self._notice))
        else:
            self._rehearsal.stop()

    def _hint(self) -> None:
        if not self._rehearsal.scene.aids_offered:
            self._print("This rehearsal is without aids.")
            return
        hint = self._rehearsal.hint()
        self._print(hint.text if hint else "That was the last hint for this moment.")

    def _pause(self) -> None:
        self._wait("Paused. Take all the time you need; enter goes on.")
        self._partner_says()

    def _again(self) -> None:
        mine = [turn for turn in self._rehearsal.turns if isinstance(turn, ClientTurn)]
        if not mine:
            self._print("There is no turn of yours to say again yet.")
            return
        was = self._rehearsal.rewind(mine[-1].number)
        self._print(f"You said: {was}", "Say it again in your own way.")
        self._partner_says()

    def _partner_says(self) -> None:
        line = self._rehearsal.last_line
        self._print(f"({line.text})" if line.told else f"{self._name}: {line.text}")

    def _tell(self, found: Feedback) -> None:
        self._print("", f"How it went: {found.came_out}", "")
        if part_was_done(found):
            self._print(f"{self._name} did not come round. Some don't, and you did your part.")
        if found.keep:
            self._print(f"What worked: {found.keep.quote}", f"  {found.keep.why}")
        if found.change:
            self._print(f"One change: instead of  {found.change.instead}")
            self._print(f"            try         {found.change.try_}", f"  {found.change.mends}")
        self._print("")
        for level in found.levels:
            figure = "not rated" if level.level is None else f"{level.level} of 3"
            self._print(
                f"{anchor(level.criterion).name}: {figure}. {meaning(level.criterion, level.level)}"
            )

        if told := told_of_reader(found):
            self._print("", told)
        usage = self._partner.usage()
        if usage.requests:
            from steady.model.accounts import told as took

            self._print(f"The model took {took(usage, self._partner.currency)}.")

    def _notice(self, sentence: str) -> None:
        self._print(f"({sentence})")

    def _wait(self, sentence: str) -> None:
        self._print(sentence)
        self._read()

    def _read(self) -> str | None:
        """The next line, or None at the end of the input."""
        self._out.write("> ")
        self._out.flush()
        line = self._source.readline()
        return line.rstrip("\n") if line else None

    def _print(self, *lines: str) -> None:
        self._out.write("".join(f"{clean(line)}\n" for line in lines))
        self._out.flush()
