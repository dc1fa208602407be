"""Makes the paper fonts of this folder from the full TTFs of @expo-google-fonts/be-vietnam-pro (SIL OFL 1.1).

    python3 server/pdf/fonts/make-fonts.py        needs fonttools; run from the root of the repository

The family has no tabular figures: its "1" is little more than half as wide as its "4", and columns of money would never
align. Here the ten digits are replaced by copies of one common width, which also fall out of kerning. Spreading them
while a page is drawn would not do: readers of the text take the gaps for spaces. Every other glyph is kept.
"""

from copy import deepcopy

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = "node_modules/@expo-google-fonts/be-vietnam-pro/{0}{1}/BeVietnamPro_{0}{1}.ttf"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
SIDE = 24  # least white at either side of a digit, in font units


def tabular_digits(font):
    glyf, metrics, names = font["glyf"], font["hmtx"], font.getBestCmap()
    digits = {ord(digit): names[ord(digit)] for digit in "0123456789"}
    width = max(glyf[name].xMax - glyf[name].xMin for name in digits.values()) + 2 * SIDE
    order = font.getGlyphOrder()
    for code, name in digits.items():
        glyph, copy = deepcopy(glyf[name]), f"{name}.tabular"
        left = round((width - (glyph.xMax - glyph.xMin)) / 2)
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyf)
        order.append(copy)
        glyf.glyphs[copy] = glyph
        metrics[copy] = (width, left)
        for table in font["cmap"].tables:
            if code in table.cmap:
                table.cmap[code] = copy
    font.setGlyphOrder(order)


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
