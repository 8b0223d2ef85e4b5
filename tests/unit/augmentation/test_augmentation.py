"""Digits moved by hand, networks against the plain loop, neighbours asked one by one."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch.nn import functional as F

from demos.augmentation import compute as lab
from demos.core.engine.batches import Batches, Data
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.passes import Draw
from demos.core.networks import mlp

PICTURES = torch.rand(9, 64, generator=torch.Generator().manual_seed(3))


def by_hand(picture, down, right):
    """A picture of 8 x 8 moved, pixel by pixel; what comes in is 0."""
    old, new = picture.reshape(8, 8), np.zeros((8, 8), np.float32)
    for row in range(8):
        for column in range(8):
            if 0 <= row + down < 8 and 0 <= column + right < 8:
                new[row + down, column + right] = old[row, column]
    return new.ravel()


def test_each_lot_moves_its_picture_another_way():
    lots = (torch.arange(9) + 0.5) / 9
    moved = lab.shifted(PICTURES, lots).numpy()
    ways = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    for one, picture, way in zip(moved, PICTURES.numpy(), ways, strict=True):
        np.testing.assert_array_equal(one, by_hand(picture, *way))
    assert lab.shifted(PICTURES[:2], torch.tensor([0.0, 0.9999])).shape == (2, 64)
    np.testing.assert_array_equal(moved[lab.STAY], PICTURES[lab.STAY])


def test_all_pictures_move_together_and_half_a_turn_is_two_flips():
    for which, way in enumerate(lab.SHIFTS):
        for one, picture in zip(lab.moved(PICTURES, which), PICTURES, strict=True):
            np.testing.assert_array_equal(one, by_hand(picture.numpy(), *way))
    upside_down = PICTURES.numpy().reshape(9, 8, 8)[:, ::-1, ::-1].reshape(9, 64)
    np.testing.assert_array_equal(lab.turned(PICTURES, torch.rand(9)), upside_down)


def test_a_seeds_digits_are_all_of_them_once():
    data, rest = lab.digits(4, 60)
    assert data.x.shape == (1, 60, 64) and rest.x.shape == (1, 1737, 64)
    whole = np.concatenate([data.x[0], rest.x[0]]) * 16
    x, y = load_digits(return_X_y=True)
    order = np.lexsort(whole.T)
    np.testing.assert_allclose(whole[order], x[np.lexsort(x.T)], atol=1e-5)
    classes = np.concatenate([data.y[0], rest.y[0]]).argmax(1)
    assert np.bincount(classes).tolist() == np.bincount(y).tolist()
    assert data.y[0].sum(0).numpy() == pytest.approx(np.full(10, 6), abs=1)
    assert not torch.equal(lab.digits(5, 60)[0].x, data.x)


def plain(seed, data, share, change, fit):
    """One network by torch.nn and torch.optim; the dice of the engine, thrown in its order."""
    net = mlp(fit.widths, seed)
    draws = {name: Draw("uniform", (fit.batch,)) for name in ("share", "share how")}
    dice, batches = Dice(draws, [seed], {}), Batches(data, [seed], fit.batch)
    optimizer = torch.optim.Adam(net.parameters(), lr=fit.lr)
    for _ in range(fit.steps):
        batch, lots = next(batches), numbers(next(dice))
        rows = zip(batch.x[0], lots["share"][0], lots["share how"][0], strict=True)
        pictures = [
            change(x.numpy(), float(how)) if coin < share else x.numpy() for x, coin, how in rows
        ]
        optimizer.zero_grad()
        loss = F.cross_entropy(net(torch.tensor(np.array(pictures))), batch.y[0])
        loss.backward()
        optimizer.step()
    return net


def shift_by_hand(picture, lot):
    return by_hand(picture, *lab.SHIFTS[int(9 * lot)])


def turn_by_hand(picture, lot):
    return picture.reshape(8, 8)[::-1, ::-1].ravel().copy()


@pytest.mark.parametrize(
    ("change", "share"), [("shifted", 0.0), ("shifted", 0.6), ("shifted", 1.0), ("turned", 0.5)]
)
def test_networks_are_those_of_the_plain_loop(change, share):
    fit = lab.Fit(points=40, widths=(64, 12, 10), steps=5, batch=16, lr=0.01)
    data, _ = lab.digits(3, 40)
    network, done = lab.trained([3], data, share, change, fit)
    by = {"shifted": shift_by_hand, "turned": turn_by_hand}[change]
    expected = plain(3, data, share, by, fit)(data.x[0]).detach()
    np.testing.assert_allclose(network.predict(done.parameters, data.x)[0], expected, atol=2e-4)


def test_scores_are_those_of_centred_and_of_moved_digits():
    fit = lab.Fit(points=40, widths=(64, 12, 10), steps=30, batch=16, lr=0.01)
    found = lab.on_digits([2, 6], {"some": 0.3, "all": 1.0}, fit=fit)
    assert list(found) == ["centred_some", "centred_all", "shifted_some", "shifted_all"]
    for n, seed in enumerate((2, 6)):
        data, test = lab.digits(seed, 40)
        for way, share in (("some", 0.3), ("all", 1.0)):
            network, done = lab.trained([seed], data, share, fit=fit)
            right = []
            for shift in lab.SHIFTS:
                x = torch.tensor(np.array([by_hand(one.numpy(), *shift) for one in test.x[0]]))
                said = network.predict(done.parameters, x[None])[0].argmax(1)
                right.append(np.mean(said.numpy() == test.y[0].argmax(1).numpy()))
            centred = right.pop(lab.STAY)
            assert found[f"centred_{way}"][n] == pytest.approx(centred, abs=0.002)
            assert found[f"shifted_{way}"][n] == pytest.approx(np.mean(right), abs=0.002)


def test_copies_are_noisy_ones_set_after_set():
    x = np.arange(6.0).reshape(3, 2)
    many = lab.copies(x, 2000, 0.3, seed=1).reshape(2000, 3, 2)
    np.testing.assert_allclose(many.mean(0), x, atol=0.03)
    np.testing.assert_allclose(many.std(0), 0.3, atol=0.02)
    with pytest.raises(ValueError, match="sd is -1"):
        lab.copies(x, 2, -1, 0)


def nearest(x, y, asked):
    """The label of the nearest of x for each row that is asked."""
    return np.array([y[np.square(x - one).sum(1).argmin()] for one in asked])


def test_what_is_split_after_copying_finds_its_sisters():
    found = lab.leak(7, many=9, sd=0.1)
    assert found["before"] > 0.99
    data, fresh = lab.digits(7)
    x, y = data.x[0].numpy(), data.y[0].argmax(1).numpy()
    learn, look, labels, wanted = train_test_split(x, y, test_size=0.2, random_state=7)
    many = lab.copies(learn, 9, 0.1, 7)
    said = nearest(many, np.tile(labels, 9), look)
    assert found["after"] == pytest.approx(np.mean(said == wanted))
    said = nearest(many, np.tile(labels, 9), fresh.x[0].numpy())
    truth = fresh.y[0].argmax(1).numpy()
    assert found["new_after"] == pytest.approx(np.mean(said == truth), abs=0.002)
    clean = lab.leak(7, many=20, sd=0.0)  # every digit is left to learn from: nothing but sisters
    assert clean["before"] == 1
    said = nearest(x, y, fresh.x[0].numpy())
    assert clean["new_before"] == pytest.approx(np.mean(said == truth), abs=0.002)


def test_repeated_data_is_the_same_again():
    data = Data(torch.rand(2, 3, 4), torch.rand(2, 3, 1))
    again = lab.repeated(data, 3)
    for n in range(6):
        assert torch.equal(again.x[n], data.x[n % 2]) and torch.equal(again.y[n], data.y[n % 2])


def test_what_makes_no_sense_is_refused():
    for wrong, said in (((-1, 100), "seed is -1"), ((0, 5), "points is 5")):
        with pytest.raises(ValueError, match=said):
            lab.digits(*wrong)
    with pytest.raises(ValueError, match="share is 1.5"):
        lab.trained([0], lab.digits(0)[0], 1.5)
