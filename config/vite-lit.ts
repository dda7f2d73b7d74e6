import type { Plugin } from 'vite';

/** Text of a module that goes, and what comes instead. */
type Cut = [text: string, instead: string];

/** Lit looks for these on each page, to be changed by them: none of them is ever loaded with it. */
const polyfills: Record<string, Cut[]> = {
  'reactive-element': [
    ['p=a.reactiveElementPolyfillSupport,', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', ';'],
  ],
  'lit-html': [
    ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D=', 'D='],
  ],
  'lit-element': [
    [',s.litElementHydrateSupport?.({LitElement:i});', ';'],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
};

/** Style sheets are adopted: a document that takes no `<style>` is what the widget is made for. */
const adopted: Record<string, Cut[]> = {
  'css-tag': [
    [
      'const t=globalThis,e=t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,s=Symbol(),o=new WeakMap;',
      'const e=true;',
    ],
    [
      'constructor(t,e,o){if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}',
      'constructor(t){this.cssText=t}',
    ],
    // Each text is evaluated once, with its module: there is nothing to keep by its strings.
    [
      'let t=this.o;const s=this.t;if(e&&void 0===t){const e=void 0!==s&&1===s.length;e&&(t=o.get(s)),void 0===t&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),e&&o.set(s,t))}return t',
      'return this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText),this.o',
    ],
    ['new n("string"==typeof t?t:t+"",void 0,s)', 'new n(t)'],
    // What is not made by `css` fails in the tests, which run the whole of Lit.
    [
      '(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to \'css\' function must be a \'css\' function result: "+t+". Use \'unsafeCSS\' to pass non-literal values, but take care to ensure page security.")})(s)',
      '(s.cssText??s)',
    ],
    ['return new n(o,t,s)', 'return new n(o)'],
    [
      'if(e)s.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const e of o){const o=document.createElement("style"),n=t.litNonce;void 0!==n&&o.setAttribute("nonce",n),o.textContent=e.cssText,s.appendChild(o)}',
      's.adoptedStyleSheets=o.map(t=>t.styleSheet)',
    ],
    [
      'c=e?t=>t:t=>t instanceof CSSStyleSheet?(t=>{let e="";for(const s of t.cssRules)e+=s.cssText;return r(e)})(t):t',
      'c=t=>t',
    ],
  ],
  'lit-element': [
    [
      'createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}',
      '',
    ],
  ],
  'lit-html': [
    [
      'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}',
      'let h=i._$litPart$;if(void 0===h)i._$litPart$=h=new k(i.insertBefore(c(),null),null,void 0,s);',
    ],
  ],
};

/** Decorators are TypeScript's, and properties have no more than `type`, `attribute` and `reflect`. */
const properties: Record<string, Cut[]> = {
  'reactive-element': [
    ['getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o,', ''],
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)}',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)}',
    ],
    ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    ['{attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}', '{}'],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['void 0!==t.l&&(this.l=[...t.l]),', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [
      ',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor)',
      ',this.elementProperties.set(t,s),true)',
    ],
    [
      'if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])}const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      'this.finalized=!0,this._$Ei();',
    ],
    [
      '(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type)',
      'u.toAttribute(s,i.type)',
    ],
    [
      ',h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,',
      ';this._$Em=e;this[e]=u.fromAttribute(s,t.type),',
    ],
    [
      'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,s,i)}',
      'requestUpdate(t,s,i){if(void 0!==t){if(!f(this[t],s))return;this.C(t,s,i??this.constructor.getPropertyOptions(t))}',
    ],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
      'C(t,s,{reflect:e}){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}',
    ],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
  ],
};

/** What no element of the widget does: see `strange` for how that is held. */
const unused: Record<string, Cut[]> = {
  'reactive-element': [
    ['removeController(t){this._$EO?.delete(t)}', ''],
    [
      'this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions)',
      'this.attachShadow({mode:"open"})',
    ],
    ['y.elementStyles=[],y.shadowRootOptions={mode:"open"},', ''],
    [
      't=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()',
      't=true,this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)',
    ],
    ['shouldUpdate(t){return!0}', ''],
  ],
  // Of directives that hear when their element goes: there is none.
  'lit-element': [
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
    ['this._$Do=e(', 'e('],
    [',this._$Do=void 0', ''],
  ],
  directive: [['get _$AU(){return this._$AM._$AU}', '']],
  'directive-helpers': [
    ['const t=e._$AB.nextSibling,n=e._$AM,c=n!==o;', 'const t=e._$AB.nextSibling,c=e._$AM!==o;'],
    [
      'if(c){let t;e._$AQ?.(o),e._$AM=o,void 0!==e._$AP&&(t=o._$AU)!==n._$AU&&e._$AP(t)}',
      'e._$AM=o;',
    ],
  ],
  'lit-html': [
    ['h?._$AO?.(!1),', ''],
    ['this._$AV=[],this._$AN=void 0,', 'this._$AV=[],'],
    ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', ''],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    ['this._$AH=A,this._$AN=void 0,this._$AA=t', 'this._$AH=A,this._$AA=t'],
    [',this._$Cv=e?.isConnected??!0', ''],
    [
      'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
      '',
    ],
    ['for(this._$AP?.(!1,!0,s);', 'for(;'],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
    ['this._$AH=A,this._$AN=void 0,this.element=t', 'this._$AH=A,this.element=t'],
    // Directives on an element, and expressions in comments and in the text of a `textarea`.
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
    [
      '1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      '(i=new r.ctor(h,r.name,r.strings,this,t))',
    ],
    [
      'else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
      '',
    ],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', '(c=p)'],
    ['c=n??v', 'c=v'],
    ['(c=p,n=void 0)', '(c=p)'],
    [',e=[];let n,l=', ',e=[];let l='],
    ['T=x(3),', ''],
    ['T as mathml,', ''],
    // MathML, templates that a compiler made, documents other than this one.
    ['3===i?"<math>":', ''],
    ['3===i?"</math>":', ''],
    [',2===i||3===i){', ',2===i){'],
    [
      'const{values:i,_$litType$:s}=t,e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
      'const{values:i}=t,e=this._$AC(t);',
    ],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    // Listeners that are objects with options.
    [
      ',e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);',
      ',e=t===A&&s!==A,h=t!==A&&s===A;',
    ],
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      'this._$AH.call(this.options.host,t)',
    ],
    ['const j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z},', 'const j={I:k},'],
  ],
  repeat: [
    [
      'constructor(e){if(super(e),e.type!==r.CHILD)throw Error("repeat() can only be used in text expressions")}',
      '',
    ],
  ],
};

/** Members that only Lit's own classes use, which no minifier dares to rename. */
const inner = (
  'elementProperties isUpdatePending getPropertyDescriptor getPropertyOptions finalizeStyles ' +
  'finalized enableUpdating performUpdate fromAttribute toAttribute defaultConverter renderOptions ' +
  'getCompatibleStyle supportsAdoptingStyleSheets _$litElement$ _$litDirective$'
).split(' ');
const anyInner = `(?:${inner.join('|').replaceAll('$', '\\$')})(?![\\w$])`;
const innerName = new RegExp(`(?<![\\w$])${anyInner}`, 'g');
const innerUsed = new RegExp(`\\.${anyInner}`);

/** In the code here: what Lit does only with what is cut. */
const strange =
  /\b(?:converter|hasChanged|useDefault|noAccessor)\s*:|\btype: (?:Object|Array)\b|\bstatic (?:override )?(?:properties|shadowRootOptions)\b|\b(?:shouldUpdate|removeController|addInitializer|handleEvent|renderBefore)\b|from 'lit\/(?!decorators\.js|directives\/(?:live|repeat)\.js)|\bmathml`|<(?:title|style|script)\b|<!--|@(?:property|state)\([^)]*\)\s+(?:get|set) /;

/** A field with a text between its tags, or another thing than an attribute in its first one. */
const filled = /<textarea\b(?:[^<]|<(?!\/textarea))*[^>\s]\s*<\/textarea>/;

const modules =
  /\/node_modules\/(?:lit-html|lit-element|@lit\/reactive-element)\/(?!node|development)(?:directives\/|decorators\/)?([\w-]+)\.js$/;

/** Those that use nothing of what is cut. */
const whole = new Set(['custom-element', 'is-server', 'live', 'property', 'state']);
/** Decorators that the bundler takes out again. */
const dropped = /^(?:query(?:-.+)?|base|event-options|legacy-.+)$/;

function lean(name: string, code: string): string {
  const cuts = [polyfills, adopted, properties, unused].flatMap((table) => table[name] ?? []);
  if (cuts.length === 0 && !whole.has(name) && !dropped.test(name)) {
    throw new Error(`Look whether Lit’s ${name}.js needs what ${import.meta.url} cuts.`);
  }
  let result = code;
  for (const [text, instead] of cuts) {
    if (!result.includes(text)) throw new Error(`Lit’s ${name}.js no longer holds ${text}`);
    result = result.replaceAll(text, () => instead);
  }
  return result.replace(innerName, (member) => `_$${inner.indexOf(member).toString(36)}`);
}

/**
 * Bundles Lit without what the widget has no use for: a quarter of it. Each cut names the text that it
 * takes, so that another version of Lit stops the build, and so does code that would need it.
 */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: [modules, /\/src\/(?!.*\.test\.ts).+\.ts$/] },
      handler(code, id) {
        const name = modules.exec(id)?.[1];
        if (name) return { code: lean(name, code), map: null };
        const said = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
        const found = strange.exec(said) ?? filled.exec(said) ?? innerUsed.exec(said);
        if (found) throw new Error(`${id}: the Lit of config/vite-lit.ts knows no ${found[0]}`);
        return null;
      },
    },
  };
}
