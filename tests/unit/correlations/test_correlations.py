"""Images, changes of a batch, scores and the picture a network likes best."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.core.classification import Settings
from demos.correlations import compute as cor

CLEAN = cor.World(noise_sd=0.0)
BOTH = np.array([True, False])  # a dumbbell, a hammer
NO_ARM = np.array([False, False])


def line(weights):
    """A linear "network" with given pixel weights (256,) and no bias."""
    layer = nn.Linear(256, 1, bias=False)
    with torch.no_grad():
        layer.weight[:] = torch.as_tensor(weights, dtype=torch.float32)
    return nn.Sequential(layer)


def test_stroke_is_one_on_the_line_and_zero_away_from_it():
    ends = np.array([[3.0, 8.0, 12.0, 8.0]])
    (image,) = cor.stroke(ends, np.array([2.0]))
    assert np.allclose(image[8, 3:13], 1)
    assert np.allclose(image[7, 5], 0.5)  # one pixel off the middle of a stroke of width 2
    assert image[[0, 15]].sum() == 0
    assert image[8, 15] == 0  # past the end


def test_a_hammer_is_a_dumbbell_without_one_weight():
    dumbbell, hammer = cor.draw(BOTH, NO_ARM, [1, 2], CLEAN)
    pair = cor.draw(np.array([True, True]), NO_ARM, [1, 2], CLEAN)
    assert np.array_equal(pair[0], dumbbell)
    assert np.all(pair[1] >= hammer - 1e-6) and pair[1].sum() > hammer.sum() + 1


def test_the_arms_rows_hold_ink_only_with_an_arm():
    for arm in (True, False):
        images = cor.draw(np.tile(BOTH, 100), np.full(200, arm), 5, CLEAN)
        ink = images[:, cor.ARM_ROWS].sum((1, 2))
        assert (ink > 3).all() if arm else (ink == 0).all()


def test_noise_has_the_size_that_was_asked_for():
    loud = cor.draw(np.tile(BOTH, 50), np.zeros(100, bool), 3, cor.World(noise_sd=0.4))
    quiet = cor.draw(np.tile(BOTH, 50), np.zeros(100, bool), 3, CLEAN)
    assert np.std(loud - quiet) == pytest.approx(0.4, rel=0.02)


@pytest.mark.parametrize("counterexamples", [0.0, 0.3])
def test_sample_mixes_arms_as_told(counterexamples):
    x, y = cor.sample(2000, 7, cor.World(0.9, 0.2, noise_sd=0.0), counterexamples)
    arm = x.reshape(-1, 16, 16)[:, cor.ARM_ROWS].sum((1, 2)) > 0
    kept = 1 - counterexamples
    assert y.mean() == 0.5
    assert arm[y].mean() == pytest.approx(0.9 * kept, abs=0.03)
    assert arm[~y].mean() == pytest.approx(0.2 * kept + counterexamples, abs=0.03)


def test_sample_repeats_and_differs_by_seed():
    assert np.array_equal(cor.sample(10, 1)[0], cor.sample(10, 1)[0])
    assert not np.array_equal(cor.sample(10, 1)[0], cor.sample(10, 2)[0])


def test_every_seed_draws_strokes_of_its_own():
    """Where all have an arm and there is no noise, the strokes alone can differ."""
    one, other = (cor.sample(20, seed, cor.World(1, 1, noise_sd=0))[0] for seed in (1, 2))
    assert not (one == other).all(1).any()


def test_test_images_are_no_training_images_whatever_the_seed():
    """Without noise, strokes alone: none is drawn twice, in the album or in another group."""
    album = cor.sample(40, 7, CLEAN)[0]
    tests = [images for images, _ in cor.groups(40, 7, CLEAN).values()]
    everything = np.concatenate([album, *tests])
    handles = everything.reshape(-1, 16, 16)[:, 13:].reshape(len(everything), -1)  # below any arm
    inked = handles[handles.sum(1) > 1]
    assert len(np.unique(inked.round(6), axis=0)) == len(inked) > 100


def test_score_of_a_network_that_only_sees_the_arm():
    rows = np.zeros((16, 16))
    rows[cor.ARM_ROWS] = 1
    net = nn.Sequential(line(rows.ravel()), nn.Threshold(3.0, -1.0))  # ink above 3: "dumbbell"
    world = cor.World(0.9, 0.3, noise_sd=0.0)
    scores = cor.score(net, cor.groups(50, 1, world), world)
    right = {"dumbbell, arm": 1, "dumbbell alone": 0, "hammer, arm": 0, "hammer alone": 1}
    assert {name: scores[name] for name in right} == right
    assert scores["worst"] == 0
    assert scores["test"] == pytest.approx((0.9 + 0.7) / 2)


def test_test_score_is_the_accuracy_in_the_world_itself():
    world = cor.World(0.8, 0.4)
    net = cor.fitted("mlp", 0, world, n=300, settings=Settings(epochs=3))
    x, y = cor.sample(4000, 50, world)
    expected = cor.accuracy(net, x, y)
    assert cor.score(net, cor.groups(1000, 51, world), world)["test"] == pytest.approx(
        expected, abs=0.03
    )


def test_label_smoothing_is_the_mean_of_label_and_coin():
    x, y = torch.rand(4, 256), torch.tensor([0.0, 1.0, 1.0, 0.0])
    same, soft = cor.smooth(x, y, amount=0.2)
    assert same is x
    assert torch.allclose(soft, torch.tensor([0.1, 0.9, 0.9, 0.1]))


def test_mixup_moves_image_and_label_together():
    y = torch.tensor([0.0, 1.0]).repeat(50)
    x = y[:, None].expand(100, 256).clone()  # the image is its label, in every pixel
    mixed, targets = cor.mixup(x, y)
    assert torch.allclose(mixed, targets[:, None].expand(100, 256), atol=1e-6)
    assert ((targets > 0.05) & (targets < 0.95)).any()


def test_erasing_blanks_one_square_of_each_image():
    x, y = torch.ones(3000, 256), torch.zeros(3000)
    erased, targets = cor.erase(x, y, size=6)
    holes = (erased == 0).reshape(-1, 16, 16)
    assert targets is y
    assert (holes.sum((1, 2)) == 36).all()
    assert (holes.any(1).sum(1) == 6).all() and (holes.any(2).sum(1) == 6).all()
    assert holes.any(0).all()  # every pixel gets its turn


def test_the_dream_of_a_linear_network_is_the_sign_of_its_weights():
    weights = np.random.default_rng(0).choice([-1.0, 1.0], 256)
    image = cor.dream(line(weights), steps=100, size=0.5)
    assert np.allclose(image.ravel(), weights > 0)


def test_the_arm_wins_when_it_tells_and_not_when_it_does_not():
    tests, settings = cor.groups(200, 9), Settings(lr=0.003, epochs=15, batch=100)
    told = cor.over_seeds("mlp", [0, 1], tests, settings=settings)
    fair = cor.over_seeds("mlp", [0, 1], tests, cor.World(0.5, 0.5), settings=settings)
    assert told["dumbbell alone"].max() < 0.3 and told["test"].min() > 0.9
    assert fair["dumbbell alone"].min() > 0.7


@pytest.mark.parametrize("kind", ["mlp", "cnn"])
def test_classifiers_start_alike_for_the_same_seed_and_leave_the_random_state(kind):
    x = torch.rand(3, 256)
    state = torch.get_rng_state()
    one, two, other = (cor.classifier(kind, seed).eval()(x) for seed in (1, 1, 2))
    assert one.shape == (3, 1)
    assert torch.equal(one, two) and not torch.equal(one, other)
    assert torch.equal(torch.get_rng_state(), state)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="'rnn'"):
        cor.classifier("rnn", 0)
