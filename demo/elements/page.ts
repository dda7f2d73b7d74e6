import { html, nothing, render, type TemplateResult } from 'lit';
import { elements, tables, type Table } from './manifest.js';
import './stage.js';
import { usage } from './usage.js';

/** Draws the page of the element that `<body data-element>` names; the index where it names none. */
const tag = document.body.dataset['element'];

function side(): TemplateResult {
  return html`
    <nav class="side" aria-label="Elements">
      <strong>ConvKit elements</strong>
      <ul>
        <li>${link('Overview', '/elements/', tag === undefined)}</li>
        ${[...elements.keys()].map(
          (name) => html`<li>${link(name, address(name), name === tag)}</li>`,
        )}
      </ul>
    </nav>
  `;
}

function link(text: string, href: string, current: boolean): TemplateResult {
  return html`<a href=${href} aria-current=${current ? 'page' : nothing}>${text}</a>`;
}

function address(name: string): string {
  return `/elements/${name}`;
}

function overview(): TemplateResult {
  return html`
    <main id="content">
      <h1>Elements</h1>
      <p class="lead">
        Each page shows one element, live, on a transport in memory: nothing here talks to a server.
      </p>
      <ul class="index">
        ${[...elements.values()].map(
          ({ tagName, summary }) => html`
            <li>
              <a href=${address(tagName)}><code>${tagName}</code><span>${summary ?? ''}</span></a>
            </li>
          `,
        )}
      </ul>
    </main>
  `;
}

function element(name: string): TemplateResult {
  const docs = elements.get(name);
  return html`
    <main id="content">
      <h1><code>${`<${name}>`}</code></h1>
      <p class="lead">${prose(docs?.summary ?? '')}</p>
      <demo-stage
        tag=${name}
        .events=${(docs?.events ?? []).map((event) => event.name)}
      ></demo-stage>
      <h2>Usage</h2>
      <pre tabindex="0" role="region" aria-label="Usage"><code>${usage(name)}</code></pre>
      ${docs ? tables(docs).map(table) : nothing}
    </main>
  `;
}

function table({ title, columns, rows }: Table): TemplateResult {
  return html`
    <h2>${title}</h2>
    <div class="table" tabindex="0" role="region" aria-label=${title}>
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) => html`
              <tr>
                ${cells.map(
                  (cell, index) =>
                    html`<td>${index === cells.length - 1 ? prose(cell) : code(cell)}</td>`,
                )}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function code(text: string): TemplateResult | typeof nothing {
  return text === '' ? nothing : html`<code>${text}</code>`;
}

/** Descriptions write code between backticks. */
function prose(text: string): unknown {
  return text.split('`').map((part, index) => (index % 2 === 1 ? code(part) : part));
}

render(html`${side()}${tag === undefined ? overview() : element(tag)}`, document.body);
