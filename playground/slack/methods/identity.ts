import type { Method, Methods } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { uninstallApp } from '../workspace/app-life.ts';
import { partnerTeam, team } from '../workspace/people.ts';
import { botId } from '../workspace/user-object.ts';

const authTest: Method = ({ url }, _args, app) => ({
  url: `${url()}/`,
  team: team.name,
  user: app.manifest.name,
  team_id: team.id,
  user_id: app.user,
  bot_id: app.bot_id,
  is_enterprise_install: false,
});

/** An app's only token is all that it has here: without it, it is not installed any more. */
const revoke: Method = (parts, args, app) => {
  if (args.flag('test')) return { revoked: false };
  uninstallApp(parts, app);
  return { revoked: true };
};

/** Apps have no client ids here, so any will do. */
const uninstall: Method = (parts, args, app) => {
  if (!args.has('client_id')) throw new Refusal('invalid_client_id');
  if (!args.has('client_secret')) throw new Refusal('bad_client_secret');
  uninstallApp(parts, app);
  return {};
};

const teamInfo: Method = (_parts, args) => {
  const id = args.text('team') || team.id;
  const found = [team, partnerTeam].find((one) => one.id === id);
  if (!found) throw new Refusal('team_not_found');
  const url = `https://${found.domain}.slack.com/`;
  return { team: { ...found, url, email_domain: '', icon: { image_default: true } } };
};

const botsInfo: Method = ({ workspace, apps }, args, app) => {
  const id = args.text('bot') || app.bot_id;
  const other = [...workspace.people.values()].find((one) => one.is_bot && botId(one) === id);
  if (!other) throw new Refusal('bot_not_found');
  const known = apps.byUser(other.id);
  return {
    bot: {
      id,
      deleted: other.deleted,
      name: known?.manifest.name ?? other.real_name,
      updated: 0,
      app_id: known?.id ?? 'A0OTHER',
      user_id: other.id,
      icons: {},
    },
  };
};

const apiTest: Method = (_parts, args) => {
  const error = args.text('error');
  if (error) throw new Refusal(error, [], { args: args.all });
  return { args: args.all };
};

/** Who is asking, and where. */
export const identityMethods: Methods = {
  'auth.test': authTest,
  'auth.revoke': revoke,
  'apps.uninstall': uninstall,
  'team.info': teamInfo,
  'bots.info': botsInfo,
  'api.test': apiTest,
};
