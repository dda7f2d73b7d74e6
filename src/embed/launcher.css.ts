const accent = 'var(--conv-accent,light-dark(#0b6670,#4cb8c0))';

/**
 * The look of the loader's button, as small as it can be: no Lit, no tokens' code. Important on the
 * host is stronger than whatever the page says of it, `!important` too. The host is where all that
 * is ours gets its `z-index`, and has no size: nothing but the button and the panel takes clicks.
 * The number lies on the edge of a round button, and after the words of a tab.
 * Classes: round or tab, then `e` and `p` with the edge and the place of the position. Forced
 * colours show the border.
 */
export const launcherCss = `
:host{all:initial!important;position:fixed!important;z-index:var(--conv-z-index,9999)!important;font:14px var(--conv-font,system-ui)!important}
:host([hidden]),[hidden],:host:before,:host:after{display:none!important}
button{all:unset;--_o:var(--conv-launcher-offset,clamp(16px,3vw,24px));align-items:center;display:flex;position:fixed;justify-content:center;gap:8px;box-sizing:border-box;border:1px solid #0000;block-size:var(--_size);background:var(--_bg,${accent});color:var(--_ink,var(--conv-on-accent,light-dark(#fff,#06282b)));box-shadow:0 4px 16px #0003;color-scheme:light dark;cursor:pointer}
.round{border-radius:50%;width:var(--_size)}
.tab{block-size:44px;padding-inline:16px;font-weight:600;border-radius:14px 14px 0 0}
.tab.el,.tab.er{border-radius:0 14px 14px 0;writing-mode:vertical-lr}
.tab.er{border-radius:14px 0 0 14px}
.el,.pl{left:var(--_o)}
.er,.pr{right:var(--_o)}
.eb,.pb{bottom:max(env(safe-area-inset-bottom),var(--_o))}
.tab.el{left:0}
.tab.er{right:0}
.tab.eb{bottom:0}
.pc{left:50%;translate:-50%}
.pm{top:50%;translate:0 -50%}
.pt{top:var(--_o)}
svg{width:calc(var(--_size)*.43);fill:none;stroke:currentColor;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.round b{position:absolute;top:-2px;right:-2px}
b{writing-mode:lr;border-radius:14px;background:#1d1b18;color:#fff;padding:0 6px;line-height:18px;font-size:12px;border:2px solid #fff}
:focus-visible{outline:3px solid ${accent};outline-offset:3px}
@media (max-height:420px),(max-width:480px){[aria-expanded=true]{display:none}}
`;
