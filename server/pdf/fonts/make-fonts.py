"""Makes the paper fonts of this folder from the full TTFs of @expo-google-fonts/be-vietnam-pro (SIL OFL 1.1).

    python3 server/pdf/fonts/make-fonts.py        needs fonttools; run from the root of the repository

The family has no tabular figures: here its ten digits are replaced by those of the screens (app/fonts/tabular_figures.py), which
also fall out of kerning. Spreading them while a page is drawn would not do: readers of the text take the gaps for spaces. Every
other glyph is kept.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

sys.path.insert(0, "app/fonts")
from tabular_figures import add_copies  # noqa: E402

SOURCE = "node_modules/@expo-google-fonts/be-vietnam-pro/{0}{1}/BeVietnamPro_{0}{1}.ttf"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def tabular_digits(font):
    for name, copy in add_copies(font, "tabular").items():
        for table in font["cmap"].tables:
            for code in [code for code, glyph in table.cmap.items() if glyph == name]:
                table.cmap[code] = copy


def main():
    for weight, style in WEIGHTS.items():
        font = TTFont(SOURCE.format(weight, style), recalcTimestamp=False)
        tabular_digits(font)
        options = subset.Options(layout_features=["*"], hinting=False, name_IDs=["*"], recalc_timestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=font.getBestCmap().keys())
        cutter.subset(font)
        target = f"server/pdf/fonts/be-vietnam-pro-{weight}.ttf"
        font.save(target)
        print(target)


if __name__ == "__main__":
    main()
