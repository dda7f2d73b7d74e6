const accent = 'var(--conv-accent,light-dark(#0b6670,#4cb8c0))';

/**
 * The look of the loader's button, as small as it can be: no Lit, no tokens' code. Important on the
 * host is stronger than whatever the page says of it, `!important` too. The host is where all that
 * is ours gets its `z-index`, and has no size: nothing but the button and the panel takes clicks.
 * Classes: round or tab, then `e` and `p` with the edge and the place of the position. Forced
 * colours show the border.
 */
export const launcherCss = `
:host{all:initial!important;position:fixed!important;z-index:var(--conv-z-index,9999)!important;font-family:var(--conv-font,system-ui)!important}
:host([hidden]),[hidden],:host::before,:host::after{display:none!important}
button{all:unset;--_o:var(--conv-launcher-offset,clamp(16px,3vw,24px));position:fixed;display:flex;align-items:center;justify-content:center;gap:8px;box-sizing:border-box;height:var(--_size);border:1px solid #0000;background:var(--_bg,${accent});color:var(--_ink,var(--conv-on-accent,light-dark(#fff,#06282b)));color-scheme:light dark;box-shadow:0 4px 16px #0003;cursor:pointer}
.round{width:var(--_size);border-radius:50%}
.tab{height:44px;font-weight:600;font-size:14px;padding:0 16px;border-radius:14px 14px 0 0}
.tab.el,.tab.er{width:44px;height:auto;padding:16px 0;border-radius:0 14px 14px 0;writing-mode:vertical-lr}
.tab.er{border-radius:14px 0 0 14px}
.el,.pl{left:var(--_o)}
.er,.pr{right:var(--_o)}
.eb,.pb{bottom:max(var(--_o),env(safe-area-inset-bottom))}
.tab.eb{bottom:0}
.tab.el{left:0}
.tab.er{right:0}
.pt{top:var(--_o)}
.pc{left:50%;translate:-50%}
.pm{top:50%;translate:0 -50%}
svg{width:calc(var(--_size)*.43);fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-2px;right:-2px;padding:0 6px;border:2px solid #fff;border-radius:14px;background:#1d1b18;color:#fff;font-size:12px;line-height:18px;writing-mode:lr}
:hover>svg{scale:1.04}
:focus-visible{outline:3px solid ${accent};outline-offset:3px}
[aria-busy=true]{opacity:.6}
@media (max-width:480px),(max-height:420px){[aria-expanded=true]{display:none}}
`;
