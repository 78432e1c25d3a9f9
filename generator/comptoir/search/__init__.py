"""The search of the site: texts in, an index that the browser reads and the order of what is found out.

The browser ranks by the very same rules (site_templates/theme/assets/search.js); a test in Chromium holds both equal.
"""
