#!/bin/sh
# Makes the report in the other formats from bridge.md, with pandoc, LibreOffice,
# Chromium and WeasyPrint. Their files are kept: the tests need none of these.
set -eu
cd "$(dirname "$0")"
title='pagetitle=Hồ sơ cầu Sông Mây'
pandoc -f markdown-autolink_bare_uris -M lang=vi bridge.md -o bridge.docx
pandoc -f markdown-autolink_bare_uris -M lang=vi bridge.md -o bridge.odt
pandoc -f markdown-autolink_bare_uris -M title="Hồ sơ cầu Sông Mây" -M lang=vi bridge.md -o bridge.epub
pandoc -f markdown-autolink_bare_uris -M "$title" -M lang=vi -s -V document-css=false bridge.md -o bridge.html
soffice --headless --convert-to pdf bridge.docx
chromium --headless --no-sandbox --no-pdf-header-footer --print-to-pdf=bridge.chromium.pdf bridge.html
