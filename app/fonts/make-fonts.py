"""Makes the web fonts of this folder: Be Vietnam Pro from the full TTFs of @expo-google-fonts/be-vietnam-pro, and Geist Mono
from @fontsource/geist-mono (both SIL OFL 1.1).

    python3 app/fonts/make-fonts.py        needs fonttools and brotli; run from the root of the repository, both packages installed

Be Vietnam Pro is cut down to Latin with Vietnamese and the marks that the screens use. And it learns tabular figures: the
family ships none (its "1" is little more than half as wide as its "4"), so columns of money would never align. Copies of the
ten digits get one common width and hang on the `tnum` feature, which is what `font-variant-numeric: tabular-nums` asks for.
Two things keep these from tearing apart at the figure 1: the widest digits are a little narrower, so that the common width is,
and the 1 stands on a foot, as it does in typefaces made for tables.

Geist Mono, for codes, is cut down to ASCII.
"""

from copy import deepcopy

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

SOURCE = "node_modules/@expo-google-fonts/be-vietnam-pro/{0}{1}/BeVietnamPro_{0}{1}.ttf"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
MONO = "node_modules/@fontsource/geist-mono/files/geist-mono-latin-{0}-normal.woff2"
MONO_WEIGHTS = (400, 600)
SIDE = 32  # least white at either side of a tabular digit, in font units
WIDEST = 540  # no tabular digit's ink is wider
FOOT = 390  # width of the foot of the tabular 1
UNICODES = (
    "U+0020-007E,U+00A0-0131,U+0150-0153,U+0160-0161,U+0168-0169,U+0178,U+017D-017E,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0304,U+0306,U+0309,U+031B,U+0323,U+03BC,U+0394,U+1EA0-1EF9,U+2010-2027,U+2030-203A,U+2070-2089,"
    "U+20AB,U+20AC,U+2212,U+2260,U+2264,U+2265"
)


def tabular_digits(font):
    """Adds a same-width copy of each digit and the feature that swaps them in."""
    cmap, glyf, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    digits = [cmap[ord(d)] for d in "0123456789"]
    width = WIDEST + 2 * SIDE
    order = font.getGlyphOrder()
    for digit, name in zip("0123456789", digits):
        glyph, copy = deepcopy(glyf[name]), f"{name}.tnum"
        if glyph.isComposite():
            raise ValueError(f"{name} is composite")
        if glyph.xMax - glyph.xMin > WIDEST:
            glyph.coordinates.scale((WIDEST / (glyph.xMax - glyph.xMin), 1))
            glyph.coordinates.toInt()
            glyph.recalcBounds(glyf)
        if digit == "1":
            glyph = on_foot(font, name, glyph)
        glyph.coordinates.translate((round((width - (glyph.xMax - glyph.xMin)) / 2) - glyph.xMin, 0))
        glyph.recalcBounds(glyf)
        order.append(copy)
        glyf.glyphs[copy] = glyph
        metrics[copy] = (width, glyph.xMin)
    font.setGlyphOrder(order)
    glyf.setGlyphOrder(order) if hasattr(glyf, "setGlyphOrder") else None
    add_substitution(font["GSUB"].table, {name: f"{name}.tnum" for name in digits})


def on_foot(font, name, one):
    """The 1 with a bar under its stem, as thick as the hyphen; the stem is what reaches the baseline."""
    glyf, hyphen = font["glyf"], font["glyf"][font.getBestCmap()[ord("-")]]
    thick = hyphen.yMax - hyphen.yMin
    at_base = [x for x, y in one.coordinates if y == 0]
    middle = (min(at_base) + max(at_base)) / 2
    left, right = round(middle - FOOT / 2), round(middle + FOOT / 2)
    pen = TTGlyphPen(None)
    one.draw(pen, glyf)
    for index, (x, y) in enumerate([(left, 0), (left, thick), (right, thick), (right, 0)]):
        pen.moveTo((x, y)) if index == 0 else pen.lineTo((x, y))
    pen.closePath()
    glyph = pen.glyph()
    glyph.recalcBounds(glyf)
    return glyph


def add_substitution(gsub, mapping):
    single = otTables.SingleSubst()
    single.mapping = mapping
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [single], 1
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "tnum", otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex, record.Feature.LookupCount = [gsub.LookupList.LookupCount - 1], 1
    gsub.FeatureList.FeatureRecord.append(record)
    gsub.FeatureList.FeatureCount = len(gsub.FeatureList.FeatureRecord)
    index = gsub.FeatureList.FeatureCount - 1
    for script in gsub.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys] + [r.LangSys for r in script.Script.LangSysRecord]
        for system in filter(None, systems):
            system.FeatureIndex.append(index)
            system.FeatureCount = len(system.FeatureIndex)


def cut(font, target, unicodes):
    options = subset.Options(layout_features=["*"], hinting=False, flavor="woff2", name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    subset.save_font(font, target, options)
    print(target)


def main():
    for weight, style in WEIGHTS.items():
        font = TTFont(SOURCE.format(weight, style))
        tabular_digits(font)
        cut(font, f"app/fonts/be-vietnam-pro-{weight}.woff2", UNICODES)
    for weight in MONO_WEIGHTS:
        cut(TTFont(MONO.format(weight)), f"app/fonts/geist-mono-{weight}.woff2", "U+0020-007E,U+2026")


if __name__ == "__main__":
    main()
