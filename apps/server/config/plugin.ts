/** Of Egg's own plugins only static files and the last resort for errors are of use to a JSON and socket server. */
export default {
  development: false,
  i18n: false,
  jsonp: false,
  logrotator: false,
  multipart: false,
  schedule: false,
  security: false,
  session: false,
  view: false,
  watcher: false,
};
