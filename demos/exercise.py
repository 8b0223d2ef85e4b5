"""The "change this" cell at the end of a topic: predict first, then let the run answer."""


def check(prediction, measure, within=0.2):
    """Compare a prediction with what is measured, and say so in words.

    `prediction`: None until you have one, a word ("above"), True or False, or a number (right when
    within `within`, relative). `measure`: a function that runs the experiment and returns the same
    kind of thing. It is not called before there is a prediction: no peeking.
    """
    if prediction is None:
        print("Predict first: put your answer in place of None, then run this cell again.")
        return
    answer = measure()
    if hasattr(answer, "item"):  # NumPy's own numbers and truth values
        answer = answer.item()
    if isinstance(answer, (bool, str)):
        right = prediction == answer
    else:
        right = abs(prediction - answer) <= within * abs(answer)
        answer = f"{answer:.3g}"
    print(
        f"You said {prediction}, the run says {answer}: {'right!' if right else 'not this time.'}"
    )
    if not right:
        print("Good: that is where there is something to learn. Change a setting and look again.")
