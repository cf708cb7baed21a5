// Looking around: layers, search, cards, views, measuring and printing. The map page uses it as it is; other modes may
// take from it what they need.
import { Cards } from "./cards.mjs";
import { finder } from "./find.mjs";
import { lists } from "./list.mjs";
import { layerPanel } from "./panel.mjs";
import { tools } from "./tools.mjs";
import { views } from "./views.mjs";

export default function ({ atlas }) {
  atlas.cards = new Cards(atlas);
  layerPanel(atlas);
  lists(atlas);
  finder(atlas);
  views(atlas);
  tools(atlas);
}
