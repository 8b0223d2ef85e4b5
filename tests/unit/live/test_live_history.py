"""What is done to a live demo on the way: sliders that move, Train, Reset, an address that leads back."""

import numpy as np
import pytest
from drawn import panels
from per_topic import of_topic
from rooms import live
from twin import TALK, Twin, every_step, loss_of, squares, trained

from demos.core import topics
from demos.core.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.networks import mlp

STEPS = 3


def test_a_slider_moved_on_the_way_counts_from_there(page):
    page.show(live.l2_penalty(None, steps=8))
    page.move(net="1-50-50-1")
    batches, network = every_step(TRAIN_X, curve(TRAIN_X)), mlp((1, 50, 50, 1), 0)
    first, then = TALK | {"weight_decay": 0.1}, TALK | {"weight_decay": 1.0, "lr": 0.0004}
    _, early, before = trained(page, network, batches, first)
    page.move(weight_decay=0.3, lr=0.0004)
    page.move(weight_decay=1.0)
    assert page.words()["penalty"] == f"{10 * before[-1]:#.3g}"  # λ is ten times as large, at once
    twin, late, after = trained(page, network, batches, then)

    losses = [*early, *late, loss_of(twin, TRAIN_X, curve(TRAIN_X))]
    _, loss = panels(page("see")["svg"])
    loss.curve("network", range(2 * STEPS + 1), losses)
    steps = [*range(STEPS + 1), *range(STEPS, 2 * STEPS + 1)]
    loss.curve("regularized", steps, [*before, *after])


def test_noise_moved_on_the_way_changes_dots_loss_and_what_is_trained_on(page):
    page.show(live.network_fit(None, steps=8, net="1-50-50-1"))
    network, how = mlp((1, 50, 50, 1), 0), TALK | {"lr": 0.001}
    twin, _, _ = trained(page, network, every_step(TRAIN_X, sample(0)), how)
    page.move(noise=0.2)
    y = sample(0, sd=0.2)
    error = rmse(twin(TEST_X), curve(TEST_X))
    page.says(step=3, loss=loss_of(twin, TRAIN_X, y), RMSE_to_the_curve=error)
    panels(page("see")["svg"])[0].dots(TRAIN_X, y)
    trained(page, network, every_step(TRAIN_X, y), how)


def test_an_address_leads_back_bit_for_bit(page):
    page.show(live.network_fit(None, steps=8, net="1-50-50-1"))
    page.move(seed=3, noise=0.1)
    page.press("Step", 2)
    page.move(noise=0.0, lr=0.002)
    page.press("Step", 3)
    page.move(lr=0.004)
    seen, state = page("see"), page("state")
    assert seen["address"] == "0_noise:0.1_seed:3~2_noise:0_lr:0.002~5_lr:0.004~5"
    page.show(page.demo, state=seen["address"])
    assert page("see")["words"] == seen["words"]
    for now, before in zip(panels(page("see")["svg"]), panels(seen["svg"]), strict=True):
        assert now.drawn == before.drawn
    for name, values in page("state").items():
        assert (values == state[name]).all()
    page.press("Reset")
    assert page("see")["address"] == "0_noise:0_lr:0.004_seed:3~0"
    page.press("The slide’s settings")
    assert page("see")["address"] == ""
    assert page.words()["step"] == "0"


DEMOS = {
    topic: module.demo(None, **of_topic(topic, "SMALL", {}))
    for topic, module in topics.modules("live")
}
MOVES = {
    f"{name}, {slider} {choices[at]}": (demo, slider, choices[at])
    for name, demo in DEMOS.items()
    for slider, choices in demo.settings["choices"].items()
    if slider in of_topic(name, "LABELS")  # another setting has a button
    for at in (0, len(choices) // 2, -1)
}


@pytest.mark.parametrize("move", MOVES)
def test_every_slider_goes_through_its_address_and_comes_back(page, move):
    """Both ends and the middle, at the start and (where the demo trains) one step on."""
    demo, slider, value = MOVES[move]
    for steps in range(2 if demo.settings["steps"] else 1):
        page.show(demo)
        page.press("Step", steps)
        page.move(**{slider: value})
        seen = page("see")
        page.show(demo, state=seen["address"])
        again = page("see")
        assert (again["sliders"], again["words"]) == (seen["sliders"], seen["words"])


def test_an_address_leads_back_to_the_penaltys_curve_too(page):
    page.show(live.l2_penalty(None, steps=80, net="1-50-50-1"), state="0~60")
    _, loss = panels(page("see")["svg"])
    losses, drawn_penalty = page("see")["losses"], loss.line("regularized")
    page.press("Reset")
    twin, penalties = Twin(mlp((1, 50, 50, 1), 0), page("state")), []
    for _ in range(61):
        penalties.append(0.1 / 2 * squares(twin))
        twin.train(every_step(TRAIN_X, curve(TRAIN_X)), 1, **TALK | {"weight_decay": 0.1})
    assert len(losses) == 60 and len(drawn_penalty) > 3
    across, down = loss.pixels(range(61), penalties).T
    np.testing.assert_allclose(
        drawn_penalty[:, 1], np.interp(drawn_penalty[:, 0], across, down), atol=0.3
    )


@pytest.mark.parametrize("rounds", [1, 2])
def test_train_goes_to_the_rounds_end_and_counts_every_step(page, rounds):
    page.show(live.network_fit(None, steps=60, net="1-6-1"))
    page.press("Step", 7)
    page.press("Train", rounds)
    seen = page("see")
    done = [message["steps"] for message in seen["asked"] if message["ask"] == "train"]
    assert sum(done) == len(seen["losses"]) == 60 * rounds
    assert seen["words"].startswith(f"step {60 * rounds} · ")
    assert seen["address"] == f"0~{60 * rounds}"
    assert seen["aloud"] == seen["words"]
    _, loss = panels(seen["svg"])
    assert loss.x.words == ["0", str(30 * rounds), str(60 * rounds)]


def test_a_run_that_diverges_ends_and_says_so(page):
    page.show(live.dropout(None, steps=5000, lr=10.0))
    page.press("Train")
    step, *answers = page("see")["words"].split(" · ")
    assert 1 <= int(step.removeprefix("step ")) < 1000
    assert [answer[-17:] for answer in answers] == ["beyond all bounds"] * 3
