"""Everything one may look at on the map; results are plain values for whoever asks."""

from core.mapping.queries.counting import LEVELS, AreaNumber
from core.mapping.queries.of_layers import Drawn, LayerLine, catalogue, layer_opened, numbers, tile

__all__ = ["LEVELS", "AreaNumber", "Drawn", "LayerLine", "catalogue", "layer_opened", "numbers", "tile"]
