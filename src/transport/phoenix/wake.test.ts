import { expect } from '@open-wc/testing';
import { pageWake } from './wake.js';

describe('wake of a page', () => {
  it('comes with the network, with the page shown again and with being visible', () => {
    let woken = 0;
    const stop = pageWake()(() => woken++);
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('pageshow'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.equal(4);
    stop();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.equal(4);
  });

  it('never comes where there is no page', () => {
    let woken = 0;
    pageWake({})(() => woken++)();
    expect(woken).to.equal(0);
  });

  it('does not come when the page is hidden', () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    let woken = 0;
    pageWake({ document })(() => woken++);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.equal(0);
  });
});
