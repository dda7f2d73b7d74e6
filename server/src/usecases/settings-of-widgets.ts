import { Type } from 'typebox';
import type { ContactForm } from '#kit/domain/contact-form.js';
import type { TargetedMessage } from '#kit/domain/targeting.js';
import { defaultLook, withLook, type LookPatch } from '#kit/domain/widget-look.js';
import { nullable } from '#kit/protocol/schema-kit.js';
import {
  ContactFormSchema,
  LookPatchSchema,
  TargetedSchema,
  WidgetTextsSchema,
} from '#kit/protocol/widget-schemas.js';
import type { WorkspaceRecord } from '../ports.js';
import { cleanLine } from './clean-text.js';
import { ofSettings, type Setting } from './setting.js';

/** The contact's own fields, which the kit names; an attribute needs a label. */
const ownFields = new Set(['name', 'email', 'phone']);

/** Settings that widgets obey. */
export const settingsOfWidgets: Record<string, Setting> = {
  look: {
    expects:
      'what differs from the present look, such as {"position":"bl","colors":{"buttonBg":"#0b5fff"}}, or null for the kit’s own',
    schema: nullable(LookPatchSchema),
    apply: ({ settings }: WorkspaceRecord, patch: LookPatch | null) => ({
      settings: {
        ...settings,
        look: patch === null ? defaultLook : withLook(settings.look, patch),
      },
    }),
  },
  texts: {
    expects: 'texts by language, such as {"en":{"greeting":"Hello"},"de":{"greeting":"Hallo"}}',
    schema: WidgetTextsSchema,
    apply: ofSettings('texts'),
  },
  form: {
    expects:
      'null, or {"when":"before","fields":[{"key":"email","labels":{},"required":true}],"consents":[]}',
    schema: nullable(ContactFormSchema),
    fault: (form: ContactForm | null) => form && formFault(form),
    apply: ({ settings }: WorkspaceRecord, form: ContactForm | null) => ({
      settings: { ...settings, form: form && cleanForm(form) },
    }),
  },
  targeted: {
    expects:
      'a list such as [{"id":"hello","active":true,"when":"either","match":"all","conditions":[],"action":{"type":"message","texts":{"en":"Hello"}},"repeat":"once"}]',
    schema: TargetedSchema,
    fault: targetedFault,
    apply: ofSettings('targeted'),
  },
  askRating: {
    expects: 'true or false',
    schema: Type.Boolean(),
    apply: ofSettings('askRating'),
  },
  askGroup: {
    expects: 'true or false',
    schema: Type.Boolean(),
    apply: ofSettings('askGroup'),
  },
};

function cleanForm(form: ContactForm): ContactForm {
  return {
    ...form,
    fields: form.fields.map((field) => ({ ...field, key: cleanName(field.key) })),
    consents: form.consents.map((consent) => ({ ...consent, name: cleanName(consent.name) })),
  };
}

/** As attributes and consents are kept. */
function cleanName(text: string): string {
  return cleanLine(text) ?? '';
}

/** What was answered is told by name alone: fields and consents share the names. */
function formFault({ fields, consents }: ContactForm): string | null {
  const seen = new Set<string>();
  const isTaken = (text: string): boolean => {
    const name = cleanName(text);
    const taken = name === '' || seen.has(name);
    seen.add(name);
    return taken;
  };
  for (const [at, { key, labels }] of fields.entries()) {
    if (isTaken(key)) return `.fields[${at}].key is blank or there twice`;
    const isNamed = ownFields.has(cleanName(key)) || hasWords(labels);
    if (!isNamed) return `.fields[${at}].labels must say what is asked, in one language at least`;
  }
  for (const [at, { name, texts }] of consents.entries()) {
    if (isTaken(name)) return `.consents[${at}].name is blank or there twice`;
    if (!hasWords(texts)) {
      return `.consents[${at}].texts must say what is agreed to, in one language at least`;
    }
  }
  return null;
}

function targetedFault(targeted: TargetedMessage[], groupIds: ReadonlySet<string>): string | null {
  const seen = new Set<string>();
  for (const [at, { id, action }] of targeted.entries()) {
    if (seen.has(id)) return `[${at}].id is there twice`;
    seen.add(id);
    if (action.type === 'message' && !hasWords(action.texts)) {
      return `[${at}].action.texts must say something, in one language at least`;
    }
    if (action.type === 'assign' && !groupIds.has(action.groupId)) {
      return `[${at}].action.groupId is no group that visitors may choose`;
    }
  }
  return null;
}

function hasWords(texts: Readonly<Record<string, string>>): boolean {
  return Object.values(texts).some((text) => text.trim() !== '');
}
