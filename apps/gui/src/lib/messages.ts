import access from '../../messages/en/access.json' with { type: 'json' };
import accessRequests from '../../messages/en/access-requests.json' with { type: 'json' };
import account from '../../messages/en/account.json' with { type: 'json' };
import alerts from '../../messages/en/alerts.json' with { type: 'json' };
import audit from '../../messages/en/audit.json' with { type: 'json' };
import bin from '../../messages/en/bin.json' with { type: 'json' };
import capabilities from '../../messages/en/capabilities.json' with { type: 'json' };
import catalogue from '../../messages/en/catalogue.json' with { type: 'json' };
import channels from '../../messages/en/channels.json' with { type: 'json' };
import commands from '../../messages/en/commands.json' with { type: 'json' };
import common from '../../messages/en/common.json' with { type: 'json' };
import configuration from '../../messages/en/configuration.json' with { type: 'json' };
import consoleWords from '../../messages/en/console.json' with { type: 'json' };
import containers from '../../messages/en/containers.json' with { type: 'json' };
import dashboards from '../../messages/en/dashboards.json' with { type: 'json' };
import deletedFiles from '../../messages/en/deleted-files.json' with { type: 'json' };
import deploy from '../../messages/en/deploy.json' with { type: 'json' };
import engineEvents from '../../messages/en/engine-events.json' with { type: 'json' };
import environments from '../../messages/en/environments.json' with { type: 'json' };
import errors from '../../messages/en/errors.json' with { type: 'json' };
import files from '../../messages/en/files.json' with { type: 'json' };
import folders from '../../messages/en/folders.json' with { type: 'json' };
import login from '../../messages/en/login.json' with { type: 'json' };
import invitations from '../../messages/en/invitations.json' with { type: 'json' };
import logs from '../../messages/en/logs.json' with { type: 'json' };
import metrics from '../../messages/en/metrics.json' with { type: 'json' };
import operations from '../../messages/en/operations.json' with { type: 'json' };
import people from '../../messages/en/people.json' with { type: 'json' };
import plugins from '../../messages/en/plugins.json' with { type: 'json' };
import ports from '../../messages/en/ports.json' with { type: 'json' };
import previews from '../../messages/en/previews.json' with { type: 'json' };
import projects from '../../messages/en/projects.json' with { type: 'json' };
import quotas from '../../messages/en/quotas.json' with { type: 'json' };
import recordings from '../../messages/en/recordings.json' with { type: 'json' };
import roles from '../../messages/en/roles.json' with { type: 'json' };
import searches from '../../messages/en/searches.json' with { type: 'json' };
import settings from '../../messages/en/settings.json' with { type: 'json' };
import silences from '../../messages/en/silences.json' with { type: 'json' };
import setup from '../../messages/en/setup.json' with { type: 'json' };
import shell from '../../messages/en/shell.json' with { type: 'json' };
import statistics from '../../messages/en/statistics.json' with { type: 'json' };
import teams from '../../messages/en/teams.json' with { type: 'json' };
import terminals from '../../messages/en/terminals.json' with { type: 'json' };
import tenants from '../../messages/en/tenants.json' with { type: 'json' };
import tokens from '../../messages/en/tokens.json' with { type: 'json' };
import volumes from '../../messages/en/volumes.json' with { type: 'json' };
import explain from '../../messages/en/explain.json' with { type: 'json' };
import reach from '../../messages/en/reach.json' with { type: 'json' };
import viewAs from '../../messages/en/view-as.json' with { type: 'json' };
import home from '../../messages/en/home.json' with { type: 'json' };

/** The English text: the source of every key's type and the text any language falls back to. */
export const messages = {
  access,
  accessRequests,
  account,
  alerts,
  audit,
  bin,
  capabilities,
  catalogue,
  channels,
  commands,
  common,
  configuration,
  console: consoleWords,
  containers,
  dashboards,
  deletedFiles,
  deploy,
  engineEvents,
  environments,
  errors,
  files,
  folders,
  invitations,
  login,
  logs,
  metrics,
  operations,
  people,
  plugins,
  ports,
  previews,
  projects,
  quotas,
  recordings,
  roles,
  searches,
  settings,
  setup,
  shell,
  silences,
  statistics,
  teams,
  tenants,
  terminals,
  tokens,
  volumes,
  explain,
  reach,
  viewAs,
  home,
};

declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof messages;
  }
}
