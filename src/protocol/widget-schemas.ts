import { Type } from 'typebox';
import {
  widgetPositions,
  widgetTexts,
  type ContactForm,
  type TargetedMessage,
  type WidgetLook,
  type WidgetSettings,
  type WidgetTexts,
} from '../domain/index.js';
import { limits } from './limits.js';
import { Id, Version, nullable, object, same } from './schema-kit.js';

/** What a workspace decides about its widget; `update-settings.ts` of the server takes the same. */

const Language = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 });

const byLanguage = (maxLength: number) =>
  Type.Record(Language, Type.String({ maxLength }), {
    maxProperties: limits.languages,
    additionalProperties: false,
  });

const Color = nullable(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }));

const colors = {
  buttonBg: Color,
  buttonText: Color,
  chatBg: Color,
  clientBubbleBg: Color,
  agentBubbleBg: Color,
};

export const WidgetLookSchema = same<WidgetLook>()(
  object({
    buttonStyle: Type.Enum(['round', 'tab']),
    position: Type.Enum([...widgetPositions]),
    buttonSize: Type.Integer({ minimum: 40, maximum: 100 }),
    chatWidth: Type.Integer({ minimum: 280, maximum: 800 }),
    chatHeight: Type.Integer({ minimum: 320, maximum: 1_200 }),
    colors: object(colors),
    sound: Type.Boolean(),
    poweredBy: Type.Boolean(),
  }),
);

const { colors: _whole, ...look } = WidgetLookSchema.properties;

/** What differs in a look; all else stays. */
export const LookPatchSchema = Type.Partial(
  object({ ...look, colors: Type.Partial(object(colors), { additionalProperties: false }) }),
  { additionalProperties: false },
);

export const WidgetTextsSchema = same<WidgetTexts>()(
  Type.Record(
    Language,
    Type.Partial(
      Type.Record(
        Type.Enum([...widgetTexts]),
        Type.String({ minLength: 1, maxLength: limits.widgetTextLength }),
      ),
      { additionalProperties: false },
    ),
    { maxProperties: limits.languages, additionalProperties: false },
  ),
);

const Key = Type.String({ minLength: 1, maxLength: limits.fieldKeyLength, pattern: '\\S' });

export const ContactFormSchema = same<ContactForm>()(
  object({
    when: Type.Enum(['before', 'after', 'offline']),
    fields: Type.Array(
      object({ key: Key, labels: byLanguage(limits.nameLength), required: Type.Boolean() }),
      { maxItems: limits.formFields },
    ),
    consents: Type.Array(
      object({
        name: Key,
        texts: byLanguage(limits.widgetTextLength),
        url: nullable(Type.String({ pattern: '^https?://', maxLength: limits.urlLength })),
        required: Type.Boolean(),
      }),
      { maxItems: limits.formConsents },
    ),
  }),
);

const Words = (maxLength: number) =>
  Type.Array(Type.String({ minLength: 1, maxLength }), { minItems: 1, maxItems: 300 });
const Least = Type.Integer({ minimum: 1, maximum: 1_000_000 });

const TargetConditionSchema = Type.Union([
  object({
    type: Type.Enum(['url', 'previous-page', 'referrer']),
    test: Type.Enum(['is', 'contains', 'matches']),
    value: Type.String({ minLength: 1, maxLength: limits.urlLength }),
  }),
  object({
    type: Type.Literal('time-on-page'),
    seconds: Type.Integer({ minimum: 0, maximum: 86_400 }),
  }),
  object({ type: Type.Enum(['pages-seen', 'visits']), atLeast: Least }),
  object({ type: Type.Literal('country'), any: Words(2) }),
  object({
    type: Type.Literal('device'),
    any: Type.Array(Type.Enum(['phone', 'tablet', 'desktop']), { minItems: 1, maxItems: 3 }),
  }),
  object({ type: Type.Literal('language'), any: Words(35) }),
]);

export const TargetedMessageSchema = same<TargetedMessage>()(
  object({
    id: Id,
    active: Type.Boolean(),
    when: Type.Enum(['available', 'unavailable', 'either']),
    match: Type.Enum(['all', 'any']),
    conditions: Type.Array(TargetConditionSchema, { maxItems: limits.conditions }),
    action: Type.Union([
      object({
        type: Type.Literal('message'),
        texts: byLanguage(limits.widgetTextLength),
      }),
      object({ type: Type.Literal('open') }),
      object({ type: Type.Literal('assign'), groupId: Id }),
    ]),
    repeat: Type.Enum(['once', 'visit', 'always']),
  }),
);

export const TargetedSchema = Type.Array(TargetedMessageSchema, { maxItems: limits.targeted });

export const WidgetSettingsSchema = same<WidgetSettings>()(
  object({
    workspaceName: Type.String(),
    greeting: nullable(Type.String()),
    tracking: Type.Enum(['none', 'consent', 'always']),
    look: WidgetLookSchema,
    texts: WidgetTextsSchema,
    form: nullable(ContactFormSchema),
    targeted: TargetedSchema,
    askRating: Type.Boolean(),
    groups: Type.Array(
      object({
        id: Id,
        name: Type.String(),
        names: Type.Record(Type.String(), Type.String()),
      }),
    ),
    version: Version,
  }),
);
