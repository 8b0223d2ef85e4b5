"""What the rooms bring to the page: live demos by the rooms' names, `live.network_fit(figure, …)`; nets."""

from types import SimpleNamespace

from demos.core import topics
from demos.core.engine import losses
from demos.core.networks import mlp
from scripts.live.nets import all_nets

live = SimpleNamespace(
    **{topic.replace("-", "_"): module.demo for topic, module in topics.modules("live")}
)
# those that fit a curve; a classifier's room tests its own
NETS = [net for net in all_nets().values() if net.recipe.loss is losses.squared_error]
(DRAWN,) = [net for net in NETS if net.streams]  # its batches are


def widths(net):
    """Units per layer."""
    return tuple(int(units) for units in net.name.split("-"))


def network(net, seed=0):
    """A net as plain PyTorch."""
    return mlp(widths(net), seed, dropout=0.5 if net.streams else 0.0)
