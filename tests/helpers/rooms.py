"""The live demos of the topics' rooms, by their rooms' names: `live.network_fit(figure, …)`."""

from types import SimpleNamespace

from demos.core import topics

live = SimpleNamespace(
    **{topic.replace("-", "_"): module.demo for topic, module in topics.modules("live")}
)
