"""What a number is of is the noun that is measured: without verbs, scope and examples, and from an earlier clause."""

from __future__ import annotations

import pytest

from factpack.draft.subject import subject_of
from spots import spot


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        # the noun before a number
        ("全县旅游收入突破〔12亿元〕。", "旅游收入"),
        ("全年完成工业投资〔35亿元〕以上。", "工业投资"),
        ("引进青山药业、绿源食品等重点企业〔8家〕。", "重点企业"),
        ("2021年粮食产量达到〔45万吨〕。", "粮食产量"),
        ("城镇新增就业〔1.2万人〕。", "城镇新增就业"),
        ("规模以上工业企业实现利润〔4.5亿元〕。", "规模以上工业企业实现利润"),
        ("争取中央资金、专项债券等项目〔12个〕。", "专项债券等项目"),
        ("普通高等学校招生规模比上年扩大〔7%〕。", "普通高等学校招生"),
        ("经济总量跨越〔500亿元〕大关。", "经济总量"),
        # the noun behind a number
        ("新建〔12条〕乡村公路。", "乡村公路"),
        ("青山小学等〔6个〕改扩建项目建成投用。", "改扩建项目"),
        ("〔9个〕项目竣工投产。", "项目竣工投产"),
        ("县里已设立〔3000万元〕产业引导基金,效果初显。", "产业引导基金"),
        ("新增〔3家〕农业龙头企业及20个特色品牌。", "农业龙头企业"),
        # that of an earlier number or clause
        ("财政收入22亿元,增长〔6%〕。", "财政收入"),
        ("社会消费品零售总额90亿元,规模居全市〔第3位〕。", "社会消费品零售总额"),
        ("农民人均可支配收入,扣除价格因素,实际增长〔5.3%〕。", "农民人均可支配收入"),
        ("外贸出口从7月份开始回升,全年达到〔19亿美元〕。", "外贸出口"),
        ("电商销售额翻番,占全部销售额的〔12%〕。", "电商销售额"),
        ("高新产业产值是2020年的〔2.5倍〕。", "高新产业产值"),
        ("研发投入强度由2%提高到〔2.5%〕。", "研发投入强度"),
        ("参加养老保险的人数达到〔3.5亿人〕。", "参加养老保险的人数"),
        ("开工建设保障房1000套,基本建成〔400套〕。", "保障房"),
        ("养老金连续7年提高,全国月人均达到〔1500元〕。", "养老金"),
        ("价格涨幅从7月份的6.5%回落到12月份的〔4.1%〕。", "价格"),
        ("制造业增加值增长9%,快于规模以上工业〔2.6个百分点〕。", "制造业增加值"),
        ("对外直接投资〔60亿元〕。", "对外直接投资"),
        ("“十二五”期间单位产值能耗降低〔16%〕。", "单位产值能耗"),
        ("医保补助标准提高到每人每年〔240元〕。", "医保补助标准"),
        ("试点覆盖〔20个〕县。", "县"),
        # by its place in a list
        ("城镇居民收入和农村居民收入实际增长8%和〔11%〕。", "农村居民收入"),
        ("小麦、玉米产量分别达到12万吨、〔30万吨〕。", "玉米产量"),
        ("车辆、噪声、油烟等投诉量分别下降7%、〔26%〕、4%。", "噪声"),
    ],
)
def test_a_subject_is_the_noun_that_is_measured(text: str, subject: str) -> None:
    assert subject_of(spot(text), "doc-x").text == subject


def test_what_is_taken_over_is_told_with_the_number_that_it_is_from() -> None:
    found = subject_of(spot("财政收入22亿元,增长〔6%〕。"), "doc-x")
    assert found.inherited
    assert found.inherited.token.text == "22亿元"


def test_nothing_is_taken_over_from_another_sentence() -> None:
    assert subject_of(spot("财政收入22亿元。增长〔6%〕。"), "doc-x").text == ""


def test_a_number_of_a_ratio_is_of_the_part_at_its_place() -> None:
    assert subject_of(spot("一、二、三产业比为〔8:40:52〕。"), "doc-x", 2).text == "第二产业"
