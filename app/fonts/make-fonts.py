"""Makes the web fonts of this folder from the full TTFs of @expo-google-fonts/be-vietnam-pro (SIL OFL 1.1).

    python3 app/fonts/make-fonts.py        needs fonttools and brotli; run from the root of the repository

Two things happen to each weight. It is cut down to Latin with Vietnamese and the marks that the screens use.
And it learns tabular figures: the family ships none (its "1" is little more than half as wide as its "4"), so
columns of money would never align. Copies of the ten digits get one common width and hang on the `tnum` feature,
which is what `font-variant-numeric: tabular-nums` asks for.
"""

from copy import deepcopy

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

SOURCE = "node_modules/@expo-google-fonts/be-vietnam-pro/{0}{1}/BeVietnamPro_{0}{1}.ttf"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
SIDE = 24  # least white at either side of a tabular digit, in font units
UNICODES = (
    "U+0020-007E,U+00A0-0131,U+0150-0153,U+0160-0161,U+0168-0169,U+0178,U+017D-017E,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0304,U+0306,U+0309,U+031B,U+0323,U+03BC,U+0394,U+1EA0-1EF9,U+2010-2027,U+2030-203A,U+2070-2089,"
    "U+20AB,U+20AC,U+2212,U+2260,U+2264,U+2265"
)


def tabular_digits(font):
    """Adds a same-width copy of each digit and the feature that swaps them in."""
    cmap, glyf, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    digits = [cmap[ord(d)] for d in "0123456789"]
    bounds = {}
    for name in digits:
        pen = BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[name].draw(pen)
        bounds[name] = pen.bounds
    width = max(round(b[2] - b[0]) for b in bounds.values()) + 2 * SIDE
    order = font.getGlyphOrder()
    for name in digits:
        glyph, copy = deepcopy(glyf[name]), f"{name}.tnum"
        left = round((width - (bounds[name][2] - bounds[name][0])) / 2)
        if glyph.isComposite():
            raise ValueError(f"{name} is composite")
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyf)
        order.append(copy)
        glyf.glyphs[copy] = glyph
        metrics[copy] = (width, left)
    font.setGlyphOrder(order)
    glyf.setGlyphOrder(order) if hasattr(glyf, "setGlyphOrder") else None
    add_substitution(font["GSUB"].table, {name: f"{name}.tnum" for name in digits})


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


def main():
    for weight, style in WEIGHTS.items():
        font = TTFont(SOURCE.format(weight, style))
        tabular_digits(font)
        options = subset.Options(layout_features=["*"], hinting=False, flavor="woff2", name_IDs=["*"])
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(UNICODES))
        cutter.subset(font)
        target = f"app/fonts/be-vietnam-pro-{weight}.woff2"
        subset.save_font(font, target, options)
        print(target)


if __name__ == "__main__":
    main()
