import { Type } from 'typebox';
import { publicGroups } from '#kit/domain/settings.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { HostAuth, WorkspaceRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { auditSystem } from './audit.js';
import { cleanEmail } from './clean-text.js';
import { firstFault } from './first-fault.js';
import { nullableText, ofSettings, type Setting } from './setting.js';
import { settingsOfWidgets } from './settings-of-widgets.js';

const hostAuthFields = {
  issuer: nullableText(500),
  audience: nullableText(500),
};

const settings: Record<string, Setting> = {
  name: {
    expects: 'a text of at most 200 characters',
    schema: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    apply: (_workspace, name: string) => ({ name: name.trim() }),
  },
  missedAfterMs: {
    expects: 'a number of milliseconds from 100 to 86400000',
    schema: Type.Integer({ minimum: 100, maximum: 86_400_000 }),
    apply: ofSettings('missedAfterMs'),
  },
  whenOffline: {
    expects: 'messenger or hidden',
    schema: Type.Enum(['messenger', 'hidden']),
    apply: ofSettings('whenOffline'),
  },
  greeting: {
    expects: 'a text of at most 1000 characters, or null',
    schema: nullableText(1_000),
    apply: ofSettings('greeting'),
  },
  tracking: {
    expects: 'none, consent or always',
    schema: Type.Enum(['none', 'consent', 'always']),
    apply: ofSettings('tracking'),
  },
  routing: {
    expects: 'none, round_robin or least_busy',
    schema: Type.Enum(['none', 'round_robin', 'least_busy']),
    apply: ofSettings('routing'),
  },
  ...settingsOfWidgets,
  mailbox: {
    expects: 'an email address, or null',
    schema: nullableText(limits.emailLength),
    accepts: (mailbox: string | null) => mailbox === null || isEmail(mailbox),
    apply: ({ settings }, mailbox: string | null) => ({
      settings: { ...settings, mailbox: mailbox === null ? null : cleanEmail(mailbox) },
    }),
  },
  allowedOrigins: {
    expects:
      'origins with commas between, such as https://shop.example, each in full and without *, or nothing',
    schema: Type.Array(Type.String({ pattern: '^https?://[^/?#,*\\s]+/?$' }), { maxItems: 100 }),
    accepts: (origins: string[]) => origins.every((origin) => URL.canParse(origin)),
    apply: (_workspace, allowedOrigins: string[]) => ({
      allowedOrigins: [...new Set(allowedOrigins.map((origin) => new URL(origin).origin))],
    }),
  },
  hostAuth: {
    expects:
      'null, {"type":"secret","secrets":["at least 32 characters"],"issuer":null,"audience":null} or {"type":"jwks","url":"https://…","issuer":null,"audience":null}',
    schema: Type.Union([
      Type.Null(),
      Type.Object(
        {
          type: Type.Literal('secret'),
          secrets: Type.Array(Type.String({ minLength: 32 }), { minItems: 1, maxItems: 2 }),
          ...hostAuthFields,
        },
        { additionalProperties: false },
      ),
      Type.Object(
        {
          type: Type.Literal('jwks'),
          url: Type.String({ pattern: '^https?://' }),
          ...hostAuthFields,
        },
        { additionalProperties: false },
      ),
    ]),
    accepts: (hostAuth: HostAuth | null) => hostAuth?.type !== 'jwks' || URL.canParse(hostAuth.url),
    apply: (_workspace, hostAuth: HostAuth | null) => ({ hostAuth }),
  },
  visitorAuth: {
    expects: 'null or {"secrets":["at least 32 characters", "while rotating another one"]}',
    schema: Type.Union([
      Type.Null(),
      Type.Object(
        { secrets: Type.Array(Type.String({ minLength: 32 }), { minItems: 1, maxItems: 2 }) },
        { additionalProperties: false },
      ),
    ]),
    apply: ({ visitorAuth }, given: { secrets: string[] } | null) => ({
      visitorAuth: { ...visitorAuth, secrets: given?.secrets ?? [] },
    }),
  },
  acceptBrevoVisitorIds: {
    expects: 'true or false',
    schema: Type.Boolean(),
    apply: ({ visitorAuth }, acceptBrevoVisitorIds: boolean) => ({
      visitorAuth: { ...visitorAuth, acceptBrevoVisitorIds },
    }),
  },
};

function isEmail(text: string): boolean {
  try {
    return cleanEmail(text) !== null;
  } catch {
    return false;
  }
}

export const settingNames = Object.keys(settings);

/**
 * Sets one setting of a workspace; open clients are told. Rejects with `workspace_not_found`, and
 * `invalid_payload` whose message says what is expected, and which part is not.
 */
export async function updateSetting(
  ports: Ports,
  workspaceId: string,
  name: string,
  value: unknown,
): Promise<WorkspaceRecord> {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (!setting) {
    const message = `There is no setting ${name}. Known are ${settingNames.join(', ')}.`;
    throw new CodedError('invalid_payload', { message });
  }
  const fault = await faultOf(ports, workspaceId, setting, value);
  if (fault !== null) {
    const where = fault === '' ? '' : `${name}${fault}. `;
    throw new CodedError('invalid_payload', {
      message: `${where}${name} takes ${setting.expects}.`,
    });
  }
  return act(ports, async (repositories, emit) => {
    const { workspaces } = repositories;
    // Two who change different settings at once: each keeps what the other one set.
    const workspace = await workspaces.lock(workspaceId);
    if (!workspace) throw new CodedError('workspace_not_found');
    const updated = await workspaces.update(
      workspaceId,
      setting.apply(workspace, value as unknown as never),
    );
    if (!updated) throw new CodedError('workspace_not_found');
    // Its value may be a secret.
    await auditSystem(ports, repositories, workspaceId, 'settings.update', workspaceId, {
      fields: [name],
    });
    emit({ type: 'settings', workspaceId });
    return updated;
  });
}

/** Null where the value is good; else the place within it and why, or nothing where it is the whole. */
async function faultOf(
  { storage }: Ports,
  workspaceId: string,
  { schema, accepts, fault }: Setting,
  value: unknown,
): Promise<string | null> {
  const unfit = firstFault(schema, value);
  if (unfit !== null) return unfit.startsWith(' ') ? '' : unfit;
  // It fits the schema of the setting that takes it.
  const given = value as never;
  if (accepts?.(given) === false) return '';
  if (!fault) return null;
  const groups = publicGroups((await storage.groups.list(workspaceId)).groups);
  return fault(given, new Set(groups.map(({ id }) => id)));
}
