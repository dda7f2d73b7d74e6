import './acts.js';

/** A page without a kit: what measuring alone holds. */
window.subject = {
  prepare: () => Promise.resolve(),
  mount: () => undefined,
  scroller: () => null,
  rows: () => null,
  append: () => undefined,
};
